import type { ConnectionId } from '#core/ids.ts';

/** `seerr` stands for Seerr, Jellyseerr and Overseerr: one API, told apart by what they answer. */
export const serviceKinds = [
  'radarr',
  'sonarr',
  'jellyfin',
  'emby',
  'seerr',
  'jellystat',
  'streamystats',
  'tautulli',
  'qbittorrent',
  'transmission',
  'deluge',
] as const;
export type ServiceKind = (typeof serviceKinds)[number];

/** Those who know who watched what. Several are looked at together (C-01). */
export const mediaServerKinds = ['jellyfin', 'emby'] as const satisfies readonly ServiceKind[];
export type MediaServerKind = (typeof mediaServerKinds)[number];

export const isMediaServer = (kind: ServiceKind): kind is MediaServerKind =>
  mediaServerKinds.some((one) => one === kind);

/** Those that count plays. What they tell can only protect, so nothing waits for them (C-02). */
export const playSourceKinds = [
  'jellystat',
  'streamystats',
  'tautulli',
] as const satisfies readonly ServiceKind[];
export type PlaySourceKind = (typeof playSourceKinds)[number];

export const isPlaySource = (kind: ServiceKind): kind is PlaySourceKind =>
  playSourceKinds.some((one) => one === kind);

/** Those that hold the files under other names, for as long as they seed (T-62). The library is not read from them. */
export const torrentClientKinds = [
  'qbittorrent',
  'transmission',
  'deluge',
] as const satisfies readonly ServiceKind[];
export type TorrentClientKind = (typeof torrentClientKinds)[number];

export const isTorrentClient = (kind: ServiceKind): kind is TorrentClientKind =>
  torrentClientKinds.some((one) => one === kind);

/** Where the service sees a folder, and where this program sees the same folder. */
export type PathMapping = { theirs: string; ours: string };

export type Connection = {
  id: ConnectionId;
  kind: ServiceKind;
  name: string;
  /** With the base path, without a slash at the end. */
  url: string;
  enabled: boolean;
  pathMappings: readonly PathMapping[];
  health: Health;
};

/** The key never leaves the server room; only adapters see it. */
export type ConnectionTarget = { kind: ServiceKind; url: string; key: string };

export type Health =
  | { state: 'untested' }
  | { state: 'online'; since: Date; product: string; version: string }
  /** Answers, but something it needs is wrong, as it says itself or as we noticed. */
  | { state: 'degraded'; since: Date; product: string; version: string; why: string }
  | { state: 'offline'; since: Date; why: ProbeProblem };

export type Identity = { product: string; version: string; warnings: readonly string[] };

/** Why a test of a connection failed; each has a sentence for people in both languages. */
export type ProbeProblem =
  | { code: 'probe.key-refused' }
  | { code: 'probe.wrong-product'; expected: ServiceKind; found: string }
  | { code: 'probe.html-answer' }
  | { code: 'probe.redirected'; to: string }
  | { code: 'probe.certificate-not-trusted'; reason: string }
  | { code: 'probe.version-too-old'; found: string; needs: string }
  | { code: 'probe.timed-out'; afterMs: number }
  | { code: 'probe.host-unknown'; host: string }
  /** Its name leads to an address where cloud machines keep their secrets. */
  | { code: 'probe.metadata'; host: string }
  | { code: 'probe.refused'; host: string }
  | { code: 'probe.csrf-protection-on' }
  /** Too many wrong passwords: it does not listen to our address for a while. */
  | { code: 'probe.locked-out' }
  | { code: 'probe.api-off' }
  | { code: 'probe.not-set-up' }
  | { code: 'probe.starting' }
  | { code: 'probe.server-error'; status: number }
  | { code: 'probe.bad-answer'; what: string };

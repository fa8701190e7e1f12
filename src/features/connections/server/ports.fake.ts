import type { ConnectionId } from '#core/ids.ts';
import { ok, type Result } from '#core/result.ts';
import type { ConnectionTarget, Identity, ProbeProblem } from '../core/connection.ts';
import type { ConnectionStore, KeyBox, Probers, StoredConnection } from './ports.ts';

export const aConnection = (over: Partial<StoredConnection> = {}): StoredConnection => ({
  id: 'c0000001' as ConnectionId,
  kind: 'radarr',
  name: 'Films',
  url: 'http://radarr:7878',
  enabled: true,
  pathMappings: [],
  health: { state: 'untested' },
  sealedKey: 'sealed(abc)',
  ...over,
});

export function fakeConnections(initial: readonly StoredConnection[] = []): ConnectionStore {
  const rows = new Map(initial.map((one) => [one.id, one]));
  const hasName = ({ id, name }: StoredConnection) =>
    [...rows.values()].some((one) => one.name === name && one.id !== id);
  return {
    list: async () => [...rows.values()],
    find: async (id) => rows.get(id) ?? null,
    add: async (one) => {
      if (hasName(one) || rows.has(one.id)) return false;
      rows.set(one.id, one);
      return true;
    },
    change: async (one) => {
      const before = rows.get(one.id);
      if (hasName(one)) return 'name-taken';
      if (!before) return 'gone';
      rows.set(one.id, { ...one, kind: before.kind, health: before.health });
      return 'changed';
    },
    saveHealth: async ({ id, url, sealedKey }, health) => {
      const before = rows.get(id);
      if (before?.url === url && before.sealedKey === sealedKey) rows.set(id, { ...before, health });
    },
    remove: async (id) => rows.delete(id),
  };
}

/** Readable on purpose: a test sees at once what was sealed. */
export const fakeKeyBox: KeyBox = {
  seal: (text) => `sealed(${text})`,
  open: (sealed) => ok(sealed.slice('sealed('.length, -1)),
};

/** Remembers whom it asked, and with which key. */
export function fakeProbers(
  initial: Result<Identity, ProbeProblem> = ok({ product: 'Radarr', version: '6.0.3', warnings: [] }),
) {
  let answer = initial;
  let file: string | null = null;
  const asked: ConnectionTarget[] = [];
  const prober = {
    probe: async (target: ConnectionTarget) => {
      asked.push(target);
      return answer;
    },
    sampleFile: async () => ok(file),
  };
  const probers: Probers = {
    radarr: prober,
    sonarr: prober,
    jellyfin: prober,
    emby: prober,
    seerr: prober,
    jellystat: prober,
    streamystats: prober,
    tautulli: prober,
    qbittorrent: prober,
    transmission: prober,
    deluge: prober,
  };
  return {
    probers,
    asked,
    answers: (next: Result<Identity, ProbeProblem>) => void (answer = next),
    hasFile: (path: string) => void (file = path),
  };
}

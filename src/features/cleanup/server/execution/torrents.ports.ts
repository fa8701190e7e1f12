import type { ConnectionId, ItemId } from '#core/ids.ts';
import type { Result } from '#core/result.ts';
import type { HonestBytes } from '../../core/removal/honest-bytes.ts';
import type { Removal } from '../../core/removal/removal.ts';
import type { StepProblem } from '../../core/removal/title-now.ts';
import type { Sight } from '../../core/removal/torrent.ts';
import type { Trace } from '../../core/removal/torrents-to-remove.ts';

/** A file as this program sees it. */
export type LookAt = (path: string) => Promise<Sight>;

/** Paths of every service as this program has them. */
export type OwnPaths = {
  ofConnection(id: ConnectionId, paths: readonly string[]): Promise<readonly string[]>;
  /** Every root folder of Radarr and Sonarr. */
  rootFolders(): Promise<readonly string[]>;
};

/** The torrents as the removal saga needs them. */
export type TorrentHands = {
  /** Asked before deleting, of every removal; who downloaded it only where torrents are to follow. Never fails, because what cannot be known only leaves more torrents where they are. */
  traceOf(removal: Removal): Promise<Trace>;
  /** Removes what may go after the files; the notes say what stays and why. */
  settle(removal: Removal): Promise<Result<readonly string[], StepProblem>>;
};

export type HonestBytesOf = {
  total: HonestBytes;
  /** Each on its own: what it frees when nothing else goes. */
  items: ReadonlyMap<ItemId, HonestBytes>;
  /** Names of torrent clients that did not answer: what they hold counts as held by somebody. */
  silent: readonly string[];
};

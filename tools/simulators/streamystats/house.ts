import type { PlayRow } from '../plays.ts';
import type { World } from '../world.ts';

export type StreamystatsOptions = {
  port?: number;
  host?: string;
  /** Of the Jellyfin that it watches: it has none of its own. */
  jellyfinKey?: string;
  version?: string;
  /** The first of them is another Jellyfin, where the key is not known. */
  servers?: readonly { id: number; name: string }[];
};

export type Streamystats = {
  world: World;
  plays: PlayRow[];
  settings: Required<Omit<StreamystatsOptions, 'port' | 'host'>>;
  /** It asks Jellyfin about the key on every call, and refuses every key while that is down. */
  jellyfinIsDown: boolean;
};

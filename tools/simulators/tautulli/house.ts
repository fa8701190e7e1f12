import type { PlayRow } from '../plays.ts';
import type { World } from '../world.ts';

export type TautulliOptions = {
  port?: number;
  host?: string;
  apiKey?: string;
  version?: string;
  apiIsOff?: boolean;
  /** Plex with the agents of before 2020, whose guids hold the number of the provider. */
  oldAgents?: boolean;
};

export type Tautulli = {
  world: World;
  plays: PlayRow[];
  settings: Required<Omit<TautulliOptions, 'port' | 'host'>>;
  /** Titles cannot be looked up. */
  plexIsDown: boolean;
  sqlFails: boolean;
};

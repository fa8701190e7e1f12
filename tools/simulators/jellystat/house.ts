import type { JellyfinHouse } from '../../seed/household.ts';
import type { PlayRow } from '../plays.ts';

export type JellystatOptions = {
  port?: number;
  host?: string;
  apiKey?: string;
  /** Before 1.1.7 the history is one bare list. */
  version?: string;
  /** 0 nothing, 1 has a user, 2 is ready. */
  state?: 0 | 1 | 2;
  /** Nobody has made a key yet: then every key is "not found". */
  hasKeys?: boolean;
};

export type Jellystat = {
  house: JellyfinHouse;
  plays: PlayRow[];
  settings: Required<Omit<JellystatOptions, 'port' | 'host'>>;
  /** Its database fails: it answers 200 and an empty list. */
  sqlFails: boolean;
  /** How often a call with a key would have ended its process. */
  crashes: number;
};

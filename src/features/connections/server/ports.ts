import type { ConnectionId } from '#core/ids.ts';
import type { Result } from '#core/result.ts';
import type {
  Connection,
  ConnectionTarget,
  Health,
  Identity,
  PathMapping,
  ProbeProblem,
  ServiceKind,
} from '../core/connection.ts';

/** A connection as it lies in the database: the key only sealed. */
export type StoredConnection = Connection & { sealedKey: string };

export type ConnectionStore = {
  /** In the order in which they were added. */
  list(): Promise<StoredConnection[]>;
  find(id: ConnectionId): Promise<StoredConnection | null>;
  /** `false` when another connection has the name. */
  add(connection: StoredConnection): Promise<boolean>;
  /** `false` when another connection has the name. Health is not touched. */
  change(connection: StoredConnection): Promise<'changed' | 'name-taken' | 'gone'>;
  /** Only while the address and the key are still those that were tested. */
  saveHealth(tested: Pick<StoredConnection, 'id' | 'url' | 'sealedKey'>, health: Health): Promise<void>;
  remove(id: ConnectionId): Promise<boolean>;
};

/** One service as the test of a connection needs it. */
export type Prober = {
  probe(target: ConnectionTarget): Promise<Result<Identity, ProbeProblem>>;
  /** The path of one real file as the service sees it; null when it has none, or knows no files. */
  sampleFile(target: ConnectionTarget): Promise<Result<string | null, ProbeProblem>>;
};

export type Probers = Readonly<Record<ServiceKind, Prober>>;

export type KeyBox = {
  seal(text: string): string;
  open(sealed: string): Result<string, { code: string }>;
};

export type ConnectionsDeps = {
  store: ConnectionStore;
  probers: Probers;
  secrets: KeyBox;
  /** The same function that the library maps with, so that the test of a mapping cannot lie. */
  mapPath: (path: string, mappings: readonly PathMapping[]) => string;
  isFile: (path: string) => Promise<boolean>;
  /** Before an address changes: what was read at the old one says nothing about the new one. */
  moving: (id: ConnectionId) => Promise<void>;
  newId: () => string;
  clock: { now(): Date };
};

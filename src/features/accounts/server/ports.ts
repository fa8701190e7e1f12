import type { UserId } from '#core/ids.ts';
import type { Person, Role } from '../core/person.ts';

/** What every API route can ask for: the person whom the guard let in. Public routes have none. */
export type ApiEnv = { Variables: { person: Person } };

/** The parts of a request that say who asks and from where. Pages and API both have them. */
export type Visit = { url: string; headers: Headers };

export type AccountStore = {
  people(): Promise<(Person & { createdAt: Date })[]>;
  find(id: UserId): Promise<Person | null>;
  /** Of everybody who gave a real one, with every name they go by. */
  mailAddresses(): Promise<{ names: string[]; email: string }[]>;
  setRole(id: UserId, role: Role): Promise<void>;
  remove(id: UserId): Promise<boolean>;
  isSetUp(): Promise<boolean>;
  /** False when somebody else was first; the row stays for ever. */
  claimSetup(at: Date): Promise<boolean>;
  releaseSetup(): Promise<void>;
  apiKeys(owner: UserId): Promise<ApiKey[]>;
  removeApiKey(owner: UserId, id: string): Promise<boolean>;
};

export type ApiKey = {
  id: string;
  name: string;
  /** The first characters, to recognise it by. The key itself is not kept. */
  start: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
};

/** A cookie as pages and API each set it in their own way. */
export type Cookie = {
  name: string;
  value: string;
  path: string;
  httpOnly: boolean;
  secure: boolean;
  sameSite: 'lax' | 'strict' | 'none';
  maxAgeSeconds: number | null;
};

/** One browser in which somebody is signed in. */
export type Session = {
  id: string;
  /** The one that asks. */
  isCurrent: boolean;
  userAgent: string;
  address: string;
  createdAt: Date;
  lastSeenAt: Date;
};

export type PasswordProblem = { code: 'accounts.wrong-password' } | { code: 'accounts.too-many-tries' };

export type SignInProblem = { code: 'accounts.wrong-credentials' } | { code: 'accounts.too-many-tries' };

export type NewPersonProblem =
  | { code: 'accounts.name-taken' }
  | { code: 'accounts.refused'; reason: string }
  | { code: 'accounts.already-set-up' };

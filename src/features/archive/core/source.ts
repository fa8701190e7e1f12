import type { CreatorId, SourceId } from '#core/ids.ts';
import type { SourceCreator } from './post.ts';
import type { SourceProblem } from './source-problem.ts';

/** What a source can do; pages show only what is there. */
export type Capability =
  | 'memberships'
  | 'collections'
  | 'comments'
  | 'tiers'
  | 'polls'
  | 'products'
  | 'captions'
  /** It is looked at every minute: see `Source.glance`. */
  | 'watched';

/** A field of the sign-in form, made by the plugin; its words are messages `source_<plugin>_<name>` and `…_help`. */
export type CredentialField = {
  name: string;
  kind: 'secret' | 'text' | 'folder' | 'url';
  required: boolean;
  /** Shown greyed in the empty field. */
  example: string;
};

/** Beside its field. `code` becomes words on the page: `quoted`, `missing`, `another-cookie`, … */
export type CredentialProblem = { field: string; code: string };

/** What a plugin says of itself. */
export type SourcePlugin = {
  /** Lower-case letters: `patreon`. It never changes. */
  id: string;
  name: string;
  capabilities: readonly Capability[];
  credentialFields: readonly CredentialField[];
};

/** How carefully a source is asked. */
export type Pacing = {
  /** Between two questions, at random between the two. */
  minPauseMs: number;
  maxPauseMs: number;
  /** Downloads at once. */
  downloads: number;
};

export type SourceSettings = {
  pacing: Pacing;
  userAgent: string;
  /** A media file above this is a gap with its size; null is no limit. */
  mostBytes: number | null;
};

/** How the last look at a source went. Whoever looks at the page must see at once whether anything is wanted of them. */
export type SourceState =
  | { is: 'unchecked' }
  | {
      is: 'ready';
      /** Null where nobody signs in, as with a folder. */
      account: string | null;
      checkedAt: Date;
      /** When the sign-in ends, if that can be known. */ expiresAt: Date | null;
    }
  /** Nothing is asked before `until`; null waits for a person. */
  | { is: 'stopped'; problem: SourceProblem; since: Date; until: Date | null };

/** A plugin with somebody's sign-in, as everybody but its opener sees it. */
export type ArchiveSource = {
  id: SourceId;
  plugin: string;
  name: string;
  /** Taken away by signing out; what was archived stays. */
  isSignedIn: boolean;
  settings: SourceSettings;
  enabled: boolean;
  cron: string;
  timeZone: string;
  state: SourceState;
  /** When a source that is watched was last looked at, whatever came of it; null of others. */
  lookedAt: Date | null;
  createdAt: Date;
};

/** A creator as the page of its source shows them. */
export type ArchiveCreator = {
  id: CreatorId;
  sourceId: SourceId;
  externalId: string;
  name: string;
  url: string | null;
  membership: SourceCreator['membership'];
  /** Whether the posts are fetched. */
  selected: boolean;
  /** What the source says there are; it may be more than can be read. */
  postCount: number | null;
  listedWholeAt: Date | null;
  caughtUpAt: Date | null;
  syncedAt: Date | null;
};

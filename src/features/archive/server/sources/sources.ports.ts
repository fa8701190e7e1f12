import type { CreatorId, SourceId } from '#core/ids.ts';
import type { Result } from '#core/result.ts';
import type { SourceCreator } from '../../core/post.ts';
import type { ArchiveCreator, ArchiveSource, SourceState } from '../../core/source.ts';

/** A source as it lies in the database: its sign-in only sealed. */
export type StoredSource = Omit<ArchiveSource, 'isSignedIn'> & { sealedCredentials: string | null };

/** What a person changes; the state is what the source said, and is saved apart. */
export type SourceChange = Partial<
  Pick<StoredSource, 'name' | 'sealedCredentials' | 'settings' | 'enabled' | 'cron' | 'timeZone'>
>;

export type SourceStore = {
  /** In the order in which they were added. */
  list(): Promise<StoredSource[]>;
  find(id: SourceId): Promise<StoredSource | null>;
  /** `false` when another source has the name. */
  add(source: StoredSource): Promise<boolean>;
  change(id: SourceId, change: SourceChange): Promise<'changed' | 'name-taken' | 'gone'>;
  /** Only while the sign-in is still the one that was used: an answer to an old one says nothing about the new one. */
  saveState(used: Pick<StoredSource, 'id' | 'sealedCredentials'>, state: SourceState): Promise<void>;
  /** It is watched, and was looked at. */
  saveLook(id: SourceId, at: Date): Promise<void>;
  /** Only a source without a post: what was archived never goes with its source. */
  remove(id: SourceId): Promise<'removed' | 'has-posts' | 'gone'>;
};

export type CreatorStore = {
  /** By name. */
  list(sourceId: SourceId): Promise<ArchiveCreator[]>;
  /** Everybody that the source told of; those that it does not know any more stay, without a membership. */
  save(sourceId: SourceId, told: readonly SourceCreator[]): Promise<void>;
  /** These and no others. */
  select(sourceId: SourceId, ids: readonly CreatorId[]): Promise<void>;
};

export type KeyBox = {
  seal(text: string): string;
  open(sealed: string): Result<string, { code: string }>;
};

export type Clock = { now(): Date };

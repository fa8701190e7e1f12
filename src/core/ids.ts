declare const brand: unique symbol;
export type Id<Kind extends string> = string & { readonly [brand]: Kind };

export type UserId = Id<'user'>;
/** Eight lower-case letters and digits. */
export type ConnectionId = Id<'connection'>;
/**
 * `<connection>-<number the service gave>` for films and shows, `…-s<season>` for seasons, `…-f<file>` for the files of
 * episodes: see library/core/item.ts.
 */
export type ItemId = Id<'item'>;
export type DiskId = Id<'disk'>;
export type PolicyId = Id<'policy'>;
export type PlanId = Id<'plan'>;
export type RunId = Id<'run'>;
/** A place that posts come from: a plugin with somebody's sign-in. */
export type SourceId = Id<'source'>;
export type CreatorId = Id<'creator'>;
export type CollectionId = Id<'collection'>;
export type PostId = Id<'post'>;
export type RevisionId = Id<'revision'>;
/** One place of a post where media stands; the bytes are a `Sha256`, which many posts may share. */
export type PostMediaId = Id<'post-media'>;
export type SyncRunId = Id<'archive-sync-run'>;
/** 64 lower-case hexadecimal digits. */
export type Sha256 = Id<'sha256'>;

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

import type { ItemId, UserId } from '#core/ids.ts';
import type { Restore, RestoreState } from '../../core/restore/restore.ts';

export type RestoreStore = {
  /** False when one of this removal is under way or has brought the title back: there is only ever one of those. */
  begin(restore: Restore): Promise<boolean>;
  /** An ended restore cannot change any more: then this throws. */
  write(id: string, state: RestoreState, at: Date): Promise<void>;
  /** Oldest first. */
  underWay(): Promise<Restore[]>;
  /** The newest one of each of these removals. */
  latest(removalIds: readonly string[]): Promise<Restore[]>;
};

/** Keeping by hand, of an item that the library may not know before its next sync. What is kept longer stays so. */
export type KeepByHand = (
  itemId: ItemId,
  wish: { until: Date; by: { id: UserId; name: string } },
) => Promise<void>;

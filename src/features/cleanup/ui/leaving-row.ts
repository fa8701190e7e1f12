import type { ItemId } from '#core/ids.ts';
import type { ItemKind } from '#features/library/core/item.ts';
import type { EpisodePlace } from '../core/removal/title-settings.ts';

/** One title that leaves soon, as its page shows it. */
export type Leaving = {
  itemId: ItemId;
  kind: ItemKind;
  title: string;
  seasonNumber: number | null;
  episodes: readonly EpisodePlace[];
  sizeBytes: number | null;
  requestedBy: readonly string[];
  dueAt: Date;
  policyName: string;
  armed: boolean;
};

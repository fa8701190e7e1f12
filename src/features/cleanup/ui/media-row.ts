import type { ItemId } from '#core/ids.ts';
import type { TitleKind } from '#features/library/core/item.ts';
import type { Status } from './verdict-words.ts';

/** What the list shows of one title. */
export type MediaRow = {
  id: ItemId;
  kind: TitleKind;
  title: string;
  year: number | null;
  seasonNumber: number | null;
  sizeBytes: number | null;
  newestFileAt: Date | null;
  lastWatchedAt: Date | null;
  watchWhy: string | null;
  status: Status;
  dueAt: Date | null;
  excludedUntil: Date | null;
};

import { index, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import type { ItemId } from '#core/ids.ts';
import type { Credit } from '../core/credits.ts';
import type { MediaKey } from '../core/match.ts';

/** Milliseconds, as JavaScript has them. */
const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });

/**
 * Who made a film or show and who plays in it. One row per title: one per person would be 150 000. Apart from the items,
 * which a sync compares, because it is asked for afterwards and by itself.
 */
export const libraryCredits = pgTable(
  'library_credits',
  {
    itemId: text('item_id').$type<ItemId>().primaryKey(),
    /** The entry of a media server that this is of. It says nothing of an item that has another one by now. */
    toldOf: text('told_of').$type<MediaKey>().notNull(),
    /** Null when the media server was asked and could not tell. */
    credits: jsonb('credits').$type<Credit[]>(),
    /** As the media server has it, also when it is the title. */
    originalTitle: text('original_title'),
    askedAt: moment('asked_at').notNull(),
    /** When what is told was last another thing than before. */
    changedAt: moment('changed_at').notNull(),
  },
  // Search goes through all titles by when they changed, and needs nothing else of this.
  (t) => [index('library_credits_by_change').on(t.itemId, t.changedAt)],
);

import { foreignKey, index, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import type { Sha256 } from '#core/ids.ts';
import type { DerivativeFailure, DerivativeKind, DerivativeState } from '../core/derivative.ts';
import type { LookFacts } from '../core/look.ts';
import type { MediaText } from '../core/text.ts';

/** No foreign key to the media file: that table belongs to the archive, and the sweep forgets what is left over. */
export const derivatives = pgTable(
  'enrichment_derivatives',
  {
    sha256: text('sha256').$type<Sha256>().notNull(),
    kind: text('kind').$type<DerivativeKind>().notNull(),
    version: integer('version').notNull(),
    state: text('state').$type<DerivativeState['is']>().notNull(),
    failure: jsonb('failure').$type<DerivativeFailure>(),
    /** The program that it waits for. */
    program: text('program'),
    facts: jsonb('facts').$type<LookFacts>().notNull(),
    madeAt: timestamp('made_at', { withTimezone: true, precision: 3 }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sha256, table.kind] }),
    index('enrichment_derivatives_state').on(table.state),
  ],
);

/** The words of a derivative that is text. Apart, because looks are read for every picture of a page; gone with its derivative. */
export const texts = pgTable(
  'enrichment_texts',
  {
    sha256: text('sha256').$type<Sha256>().notNull(),
    kind: text('kind').$type<DerivativeKind>().notNull(),
    words: jsonb('words').$type<MediaText>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sha256, table.kind] }),
    foreignKey({
      name: 'enrichment_texts_derivative',
      columns: [table.sha256, table.kind],
      foreignColumns: [derivatives.sha256, derivatives.kind],
    }).onDelete('cascade'),
  ],
);

import {
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
} from 'drizzle-orm/pg-core';
import type { Sha256 } from '#core/ids.ts';
import type { DocumentPicture } from '#features/archive/core/media.ts';
import type { DerivativeFailure, DerivativeKind, DerivativeState } from '../core/derivative.ts';
import type { LookFacts } from '../core/look.ts';
import type { Heard } from '../core/speech/join.ts';
import type { MediaText } from '../core/text.ts';
import type { StoredMeaningModel, StoredSpeechModel } from './ports.ts';

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

/** The pictures that stand in a PDF; apart for the same reason, and in the order of their pages. */
export const documentPictures = pgTable(
  'enrichment_document_pictures',
  {
    sha256: text('sha256').$type<Sha256>().notNull(),
    kind: text('kind').$type<DerivativeKind>().notNull(),
    pictures: jsonb('pictures').$type<readonly DocumentPicture[]>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sha256, table.kind] }),
    foreignKey({
      name: 'enrichment_document_pictures_derivative',
      columns: [table.sha256, table.kind],
      foreignColumns: [derivatives.sha256, derivatives.kind],
    }).onDelete('cascade'),
  ],
);

/** What was heard of a file that is not heard to its end yet. Times are milliseconds of the file. */
export const heardPieces = pgTable(
  'enrichment_heard_pieces',
  {
    sha256: text('sha256').$type<Sha256>().notNull(),
    fromMs: integer('from_ms').notNull(),
    toMs: integer('to_ms').notNull(),
    model: text('model').notNull(),
    heard: jsonb('heard').$type<Heard>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.sha256, table.fromMs] })],
);

/** One row. The key in it is only ever sealed: see platform/secrets.ts. */
export const models = pgTable('enrichment_models', {
  id: smallint('id').primaryKey(),
  speech: jsonb('speech').$type<StoredSpeechModel>(),
  meaning: jsonb('meaning').$type<StoredMeaningModel>(),
});

/**
 * Every model that vectors may still be kept of, with what it takes to ask it: while the archive is embedded by a new one,
 * the old one still answers.
 */
export const embedders = pgTable('enrichment_embedders', {
  id: text('id').primaryKey(),
  model: text('model').notNull(),
  queryPrefix: text('query_prefix').notNull(),
  passagePrefix: text('passage_prefix').notNull(),
  dimensions: integer('dimensions').notNull(),
  probes: jsonb('probes').$type<readonly (readonly number[])[]>().notNull(),
  url: text('url').notNull(),
  sealedKey: text('sealed_key'),
  chosenAt: timestamp('chosen_at', { withTimezone: true, precision: 3 }).notNull(),
});

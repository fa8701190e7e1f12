import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import type { CountedWord } from '../core/counted-words.ts';
import type { Course, DocumentKind, Language, Part } from '../core/document.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });
const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });
const bits = customType<{ data: string }>({ dataType: () => 'bit varying' });
const bytes = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });
/** In the order of its letters' numbers, so that the index of the key also finds what begins with some letters. */
const plainText = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });

/** What can be found. Everything here is made from other tables and can be made again: see `/api/v1/search/rebuild`. */
export const searchDocuments = pgTable(
  'search_documents',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    kind: text('kind').$type<DocumentKind>().notNull(),
    ref: text('ref').notNull(),
    title: text('title').notNull(),
    type: text('type').notNull(),
    creatorId: text('creator_id'),
    creatorName: text('creator_name'),
    sourceName: text('source_name'),
    tags: text('tags').array().notNull(),
    lists: text('lists').array().notNull(),
    statuses: text('statuses').array().notNull(),
    at: moment('at'),
    /** Folded `name:value`, for the filters of a query. */
    facets: text('facets').array().notNull(),
    /** Title, tags and creator, for the words of which a document ranks higher. */
    heading: tsvector('heading').notNull(),
    headingWords: integer('heading_words').notNull(),
    /** Of everything that was indexed; the same again is not written. */
    digest: text('digest').notNull(),
  },
  (t) => [
    unique().on(t.kind, t.ref),
    index('search_documents_heading').using('gin', t.heading),
    index('search_documents_facets').using('gin', t.facets),
    index('search_documents_newest').on(t.at, t.id),
  ],
);

export const searchPassages = pgTable(
  'search_passages',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    documentId: integer('document_id')
      .notNull()
      .references(() => searchDocuments.id, { onDelete: 'cascade' }),
    part: text('part').$type<Part>().notNull(),
    locator: jsonb('locator').$type<Course>().notNull(),
    language: text('language').$type<Language>().notNull(),
    text: text('text').notNull(),
    words: tsvector('words').notNull(),
    wordCount: integer('word_count').notNull(),
    /** Of what its meaning is made of: passages that say the same share a vector, and keep it when the index is made anew. */
    textHash: uuid('text_hash').notNull(),
  },
  (t) => [
    index('search_passages_text').on(t.textHash),
    index('search_passages_words').using('gin', t.words),
    index('search_passages_of_document').on(t.documentId),
  ],
);

/** Every facet that some document has or had: a filter asks these few which of them it means, and not all documents. */
export const searchFacets = pgTable('search_facets', { facet: text('facet').primaryKey() });

/** In how many passages a stem stands: what a word is worth. */
export const searchLexemes = pgTable('search_lexemes', {
  lexeme: plainText('lexeme').primaryKey(),
  passages: integer('passages').notNull(),
});

/** Words as they are written, without accents: what a slip of the keyboard may have meant. */
export const searchWords = pgTable(
  'search_words',
  {
    word: plainText('word').primaryKey(),
    passages: integer('passages').notNull(),
    /** With its accents; null when it has none. */
    written: text('written'),
  },
  (t) => [
    index('search_words_like').using('gin', t.word.op('gin_trgm_ops')),
    index('search_words_end').on(sql`length(${t.word})`, sql`reverse(${t.word})`),
  ],
);

/** Stems and words that came and went with some documents, and are not in the counts above yet. */
export const searchUncounted = pgTable('search_uncounted', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  lexemes: text('lexemes').array().notNull(),
  /** In how many passages more, or fewer, each of them stands. */
  passages: integer('passages').array().notNull(),
  words: jsonb('words').$type<readonly CountedWord[]>().notNull(),
});

/** One row: how much there is, for the average length that a rank is measured by. */
export const searchTotals = pgTable('search_totals', {
  id: integer('id').primaryKey(),
  passages: integer('passages').notNull(),
  words: bigint('words', { mode: 'number' }).notNull(),
  documents: integer('documents').notNull(),
  headingWords: bigint('heading_words', { mode: 'number' }).notNull(),
});

/** Up to which change each kind is indexed. */
export const searchProgress = pgTable('search_progress', {
  kind: text('kind').$type<DocumentKind>().primaryKey(),
  upTo: moment('up_to').notNull(),
});

/** Models that vectors are kept of, in the order that they were chosen. */
export const searchModels = pgTable('search_models', {
  number: integer('number').primaryKey().generatedAlwaysAsIdentity(),
  id: text('id').notNull().unique(),
  name: text('name').notNull(),
  dimensions: integer('dimensions').notNull(),
  /** It had a vector of every passage once; from then on it answers, and lacks only what is new. */
  isWhole: boolean('is_whole').notNull(),
  /** Texts there are, and how many of them have a vector, as the last run of the job saw it. */
  total: integer('total').notNull(),
  embedded: integer('embedded').notNull(),
});

/** What was paid for: the vectors of texts, as numbers of four bytes. Without one the model does not want the text. */
export const searchVectors = pgTable(
  'search_vectors',
  {
    model: integer('model').notNull(),
    textHash: uuid('text_hash').notNull(),
    vector: bytes('vector'),
  },
  (t) => [primaryKey({ columns: [t.model, t.textHash] })],
);

/** The signs of vectors: so narrow that all of them are compared in the time that a person does not notice. */
export const searchVectorBits = pgTable(
  'search_vector_bits',
  {
    model: integer('model').notNull(),
    textHash: uuid('text_hash').notNull(),
    bits: bits('bits').notNull(),
  },
  (t) => [primaryKey({ columns: [t.model, t.textHash] })],
);

/** Texts that no passage has any more, and since when: what is only being made anew keeps its vectors. */
export const searchOrphans = pgTable('search_orphans', {
  textHash: uuid('text_hash').primaryKey(),
  since: moment('since').notNull(),
});

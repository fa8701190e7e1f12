import type { Result } from '#core/result.ts';
import type { ModelProblem } from '#features/enrichment/core/model.ts';
import type { Course, DocumentKind, Language, Part, Passage, SearchDocument } from '../core/document.ts';
import type { Facets } from '../core/results.ts';
import type { KnownWord } from '../core/spelling.ts';
import type { QueryFilter } from '../core/query-filter.ts';
import type { Unit } from '../core/query.ts';
import type { Found } from '../core/fuse.ts';
import type { Demands, VectorModel } from '../core/meaning.ts';
import type { ResolvedUnit, WordsPlan } from '../core/words-plan.ts';

/** Where something stands among what changed: its moment, then its id. */
export type Change = { ref: string; changedAt: Date };

/** A feature whose words are found, plugged in by main. */
export type TextSource = {
  kind: DocumentKind;
  /** By the moment of their last change, from `since` on, the next `limit` after one. */
  changed(since: Date | null, after: Change | null, limit: number): Promise<readonly Change[]>;
  documents(refs: readonly string[]): Promise<readonly SearchDocument[]>;
  existing(refs: readonly string[]): Promise<ReadonlySet<string>>;
};

/** A document with everything that is stored of it. */
export type IndexedDocument = {
  document: SearchDocument;
  passages: readonly Passage[];
  headingLanguages: readonly Language[];
  digest: string;
};

export type IndexStore = {
  digests(kind: DocumentKind, refs: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Each with all its passages instead of those from before. */
  replace(documents: readonly IndexedDocument[]): Promise<void>;
  remove(kind: DocumentKind, refs: readonly string[]): Promise<void>;
  /**
   * Adds what was replaced and removed to how often words occur: all that waits, or as long as enough of it does, since most
   * words stand in every hundred passages and adding several hundred at once takes less.
   */
  count(wish: { all: boolean }): Promise<void>;
  refsAfter(kind: DocumentKind, ref: string | null, limit: number): Promise<readonly string[]>;
  upTo(kind: DocumentKind): Promise<Date | null>;
  saveUpTo(kind: DocumentKind, at: Date): Promise<void>;
  clear(): Promise<void>;
  counts(): Promise<{ documents: number; passages: number }>;
};

export type Narrowing = { filters: readonly QueryFilter[]; parts: readonly Part[] };

/** How many passages there are, and how many words one of them, or a heading, has on average. */
export type Totals = { passages: number; passageWords: number; headingWords: number };

export type WordsStore = {
  resolve(units: readonly Unit[]): Promise<ResolvedUnit[]>;
  /** Only what to ask for, of those that have something; nothing is counted. */
  queries(units: readonly Unit[]): Promise<readonly { query: string; isStopWord: boolean }[]>;
  totals(): Promise<Totals>;
  /** Best first, at most `limit` documents, each with its best passages. */
  find(wish: {
    plan: WordsPlan;
    totals: Totals;
    narrowing: Narrowing;
    limit: number;
  }): Promise<readonly Found[]>;
  /** When there are filters and no words: newest first. */
  newest(narrowing: Narrowing, limit: number): Promise<readonly Found[]>;
  /** All that one slip may have made this word of, and others; or many that a second slip may have. */
  alike(word: string, slips: 1 | 2): Promise<readonly KnownWord[]>;
  /** Most usual first; `written` is null when it is written as it is folded. */
  beginning(word: string, limit: number): Promise<readonly (KnownWord & { written: string | null })[]>;
  titles(query: string, limit: number): Promise<readonly TitleHit[]>;
};

export type TitleHit = { kind: DocumentKind; ref: string; title: string; type: string };

export type StoredDocument = {
  id: number;
  kind: DocumentKind;
  ref: string;
  title: string;
  type: string;
  creator: { id: string; name: string } | null;
  source: string | null;
  at: Date | null;
};

export type StoredPassage = {
  id: number;
  part: Part;
  locator: Course;
  text: string;
  /** Numbers of the words that were looked for, from 1. */
  hits: readonly number[];
};

export type AskedWord = { word: string; isPrefix: boolean };

export type ShownStore = {
  documents(ids: readonly number[]): Promise<readonly StoredDocument[]>;
  /** Forms of these words, in any language, are the hits. */
  passages(ids: readonly number[], asked: readonly AskedWord[]): Promise<readonly StoredPassage[]>;
  /** A document that only its title found shows how it begins. */
  firstPassages(documentIds: readonly number[]): Promise<readonly (StoredPassage & { documentId: number })[]>;
  facets(ids: readonly number[]): Promise<Facets>;
  /** Texts of some passages that have this folded word, or a form of it. */
  textsWith(word: string): Promise<readonly string[]>;
};

/** The models that turn text into vectors, as the search sees them; enrichment has their addresses and keys. */
export type Embedder = {
  /** The one that people chose last; null while there is none, or it is switched off. */
  chosen(): Promise<ChosenModel | null>;
  /** Unit vectors, one for each text in its order. Batches and prefixes (e5: "query: ", "passage: ") are its own affair. */
  embed(wish: {
    model: string;
    texts: readonly string[];
    as: 'query' | 'passage';
    signal: AbortSignal;
  }): Promise<Result<readonly Float32Array[], ModelProblem>>;
  /** No other model is asked any more: what was kept of the others (address, key) may go. */
  keepOnly(models: readonly string[]): Promise<void>;
};

export type ChosenModel = { id: string; name: string; dimensions: number };

/** How many texts there are to be embedded, and how many of them are. */
export type EmbeddedCounts = { total: number; embedded: number };

export type ModelsStore = {
  /** In the order that they were chosen. */
  kept(): Promise<readonly (VectorModel & EmbeddedCounts)[]>;
  /** The same again when it is kept already. */
  keep(model: ChosenModel): Promise<VectorModel>;
  saveCounts(model: VectorModel, counts: EmbeddedCounts): Promise<void>;
  makeWhole(model: VectorModel): Promise<void>;
  /** With all its vectors. */
  remove(model: VectorModel): Promise<void>;
};

/** A text of a passage; `at` is its passage, to go on from. */
export type UnembeddedText = { at: number; hash: string; text: string };

/** `vector` is null when the model does not want this text: it is not asked again. */
export type EmbeddedText = { hash: string; vector: Float32Array | null };

/** Keeps vectors by what they were made of, and finds the nearest. */
export type VectorStore = {
  /** Makes what is needed to find vectors of this model, and whatever of it is missing. It may be stopped, and run again. */
  prepare(model: VectorModel, signal: AbortSignal): Promise<void>;
  /** By their passages, the next `limit` after one. */
  unembedded(model: VectorModel, after: number, limit: number): Promise<readonly UnembeddedText[]>;
  counts(model: VectorModel): Promise<EmbeddedCounts>;
  save(model: VectorModel, texts: readonly EmbeddedText[]): Promise<void>;
  /** By their nearest passage, of the `limit` nearest passages. What the narrowing or the demands leave out is never among them. */
  nearest(wish: {
    model: VectorModel;
    vector: Float32Array;
    narrowing: Narrowing;
    demands: Demands;
    limit: number;
  }): Promise<readonly Found[]>;
  /** Of texts that no passage has since before this moment. Gives how many went. */
  forgetOrphans(now: Date, before: Date): Promise<number>;
};

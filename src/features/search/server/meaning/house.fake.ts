import { createIndexService } from '../index.service.ts';
import { createIndexStore } from '../index.store.ts';
import { detectLanguage } from '../language.ts';
import type { Db } from '#server/platform/db.ts';
import type { Mode } from '../../core/mode.ts';
import { aDocument, fakeTexts, type FakeTexts } from '../ports.fake.ts';
import type { WordsStore } from '../ports.ts';
import { createSearchService } from '../search.service.ts';
import { createShownStore } from '../shown.store.ts';
import { createWordsStore } from '../words.store.ts';
import { bitCandidates } from './bits.store.ts';
import type { CandidatesOf } from './candidates.ts';
import { fakeEmbedder, type FakeEmbedder } from './embedder.fake.ts';
import { createEmbeddingService } from './embedding.service.ts';
import { createMeaning } from './meaning.service.ts';
import { createModelsStore } from './models.store.ts';
import { createVectorStore } from './vectors.store.ts';

export const turn = { signal: new AbortController().signal, progress: () => undefined };
const clock = { now: () => new Date() };
/** For tests that are not about slowness, however slow the machine is. */
const PATIENT = { queryMs: 20_000, sentencesMs: 20_000 };

type Parts = {
  texts?: FakeTexts;
  embedder?: FakeEmbedder;
  words?: Partial<WordsStore>;
  deadlines?: typeof PATIENT;
  candidatesOf?: CandidatesOf;
};

export type MeaningHouse = ReturnType<typeof openMeaning>;

/** Search by words and by meaning over a real database, as if the program began anew. */
export function openMeaning(db: Db, parts: Parts = {}) {
  const { texts = fakeTexts(), embedder = fakeEmbedder(), deadlines = PATIENT } = parts;
  const { candidatesOf = () => bitCandidates } = parts;
  const models = createModelsStore(db, candidatesOf);
  const vectors = createVectorStore(db, candidatesOf);
  const words = { ...createWordsStore(db), ...parts.words };
  const meaning = createMeaning({ models, vectors, words, embedder, clock, deadlines });
  const troubles: string[] = [];
  const { search } = createSearchService({
    words,
    shown: createShownStore(db),
    meaning,
    clock,
    onTrouble: (what) => void troubles.push(what),
  });
  const find = (text: string, mode: Mode = 'auto') => search({ text, page: 1, mode });
  return {
    texts,
    embedder,
    models,
    vectors,
    meaning,
    troubles,
    find,
    ids: async (text: string, mode?: Mode) => (await find(text, mode)).documents.map(({ id }) => id),
    embedding: createEmbeddingService({ models, vectors, embedder, clock }),
    index: createIndexService({ store: createIndexStore(db), sources: [texts], detect: detectLanguage }),
  };
}

/** Three documents, of which two speak of bread, and nothing embedded yet. */
export async function openKitchen(db: Db): Promise<MeaningHouse> {
  const embedder = fakeEmbedder({
    synonyms: [
      ['guitar', 'guitarra'],
      ['loaf', 'bread', 'pan'],
    ],
  });
  const house = openMeaning(db, { embedder });
  for (const model of await house.models.kept()) await house.models.remove(model);
  const { texts } = house;
  texts.put(
    aDocument({
      ref: 'loaf',
      title: 'Oven',
      body: 'It was cold outside and nobody came. The loaf rose slowly in the dark.\n\nWe slept.',
      tags: ['kitchen'],
    }),
  );
  texts.put(aDocument({ ref: 'song', title: 'Song', body: 'The guitar is new. Strings of steel.' }));
  texts.put(
    aDocument({ ref: 'walk', title: 'Walk', body: 'Trees and rain.', comments: ['Bo: a loaf would help'] }),
  );
  await house.index.rebuild(turn);
  return house;
}

import { createSearch, createWake, openCandidates, searchApi } from '#features/search/server/index.ts';
import type { Archive } from './archive.ts';
import type { Enrichment } from './enrichment.ts';
import type { Platform } from './platform.ts';

/** From the first word of a change until it is looked at: changes come in crowds. */
const CALM_MS = 5_000;

type Below = { archive: Archive; enrichment: Enrichment };

/** What is found in the archive and the library, by words and by meaning. */
export async function composeSearch(platform: Platform, { archive, enrichment }: Below) {
  const { db, queue, clock } = platform;
  const log = platform.logOf('search');
  const service = createSearch({
    db,
    postTexts: archive.postTexts,
    textsOf: enrichment.service.textsOf,
    embedder: enrichment.service.embedding,
    candidatesOf: await openCandidates(db),
    wakeEmbedding: async () => void (await queue.add(jobs.embed, {})),
    clock,
    log,
  });
  const { jobs } = service;
  const index = async (kind: 'post' | 'item') => void (await queue.add(jobs.index, { kind }));

  return {
    service,
    postsChanged: createWake({
      ask: (startAfter) => queue.add(jobs.index, { kind: 'post' }, { startAfter }),
      clock,
      calmMs: CALM_MS,
      onTrouble: (problem) => log.warn('search learns of it at night', { err: problem }),
    }),
    titlesChanged: () => index('item'),
    embedderChanged: async () => {
      service.meaning.forgetQuestions();
      // Not behind one that waits an hour for a model that was wrong.
      await queue.add(jobs.embed, {}, { key: 'settings' });
    },
    /** What a worker does first: whatever changed while nobody looked. */
    begin: async () => {
      for (const kind of ['post', 'item'] as const) await index(kind);
      await service.embedSoon();
    },
    jobs: Object.values(jobs),
    api: [searchApi({ ...service, startRebuild: async () => void (await queue.add(jobs.rebuild, {})) })],
  };
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sha256 } from '#core/ids.ts';
import { createCaptionLibrary } from '#features/archive/server/media/captions.store.ts';
import { createFileLibrary } from '#features/archive/server/media/library.store.ts';
import { aSha, aShelf } from '#features/archive/server/reading/shelf.fake.ts';
import type { MediaKind } from '#features/archive/core/media.ts';
import type { Db } from '#server/platform/db.ts';
import { createHttp } from '#server/platform/http.ts';
import { createPrograms } from '#server/platform/program.ts';
import { createSecrets } from '#server/platform/secrets.ts';
import { createListener } from '#server/adapters/openai/listener.ts';
import { fakeEmbedder } from '../embedder.fake.ts';
import { createEnrichment, enrichmentJobs } from '../index.ts';

const quiet = { signal: new AbortController().signal, jobId: 'job', progress: () => undefined };

/** Enrichment over a real database and real files, some of which may be there already; its jobs wait in a list until a test runs them. */
export async function aSpeechHouse(db: Db, stored: readonly (readonly [Sha256, string])[] = []) {
  const folder = await mkdtemp(join(tmpdir(), 'kc-speech-'));
  const shelf = aShelf(db);
  const library = createFileLibrary(db);
  const paths = new Map<Sha256, string>(stored);
  const queued: { name: string; sha256: Sha256 | null }[] = [];
  const told: Sha256[] = [];
  let files = 0;
  const ask = (name: string, sha256: Sha256 | null) => {
    const isThere = queued.some((one) => one.name === name && one.sha256 === sha256);
    if (!isThere) queued.push({ name, sha256 });
  };

  const enrichment = createEnrichment({
    db,
    folder: join(folder, 'derived'),
    media: {
      find: library.find,
      after: library.after,
      languageOf: library.languageOf,
      locate: async (sha) => {
        const path = paths.get(sha);
        return path === undefined ? { is: 'store-missing' } : { is: 'here', path };
      },
    },
    captioned: createCaptionLibrary(db),
    listener: createListener(createHttp({ wait: () => Promise.resolve() })),
    embedder: fakeEmbedder(),
    meaning: { changed: () => Promise.resolve() },
    newId: () => 'a-model',
    secrets: createSecrets(Buffer.alloc(32, 7), 'models'),
    hide: () => undefined,
    programs: createPrograms({ ffmpeg: 'ffmpeg', ffprobe: 'ffprobe' }),
    wake: async (sha) => ask('derive', sha),
    ocr: { languages: 'spa+eng', wake: async (sha) => ask('recognise', sha) },
    documentPictures: { wake: async (sha) => ask('take-out', sha), changed: () => undefined },
    speech: { wake: async (sha) => ask('transcribe', sha), sweep: async () => ask('sweep', null) },
    onTextMade: async (sha) => void told.push(sha),
    clock: { now: () => new Date() },
  });
  const jobs = enrichmentJobs(enrichment);

  return {
    enrichment,
    jobs,
    shelf,
    queued,
    told,

    /** Empty shelves with one post called `a`. */
    async begin() {
      await shelf.begin();
      await db.execute('truncate enrichment_derivatives, enrichment_heard_pieces, enrichment_models cascade');
      queued.length = 0;
      told.length = 0;
      await shelf.post({ id: 'a' });
    },

    /** A stored file that stands in post `a` under this name; no bytes: it stands there, and the disk is away. */
    async file(externalId: string, bytes: Buffer | null, sort: { kind?: MediaKind; mimeType?: string } = {}) {
      const { kind = 'audio', mimeType = 'audio/mpeg' } = sort;
      const sha256 = await shelf.file(aSha((files += 1)), { kind, mimeType });
      await shelf.media('a', { externalId, kind, role: 'main', sha256 });
      if (bytes) {
        paths.set(sha256, join(folder, sha256));
        await writeFile(join(folder, sha256), bytes);
      }
      return sha256;
    },

    /** Captions of what stands in post `a` under this name. */
    async captions(of: string, vtt: string) {
      const sha256 = await shelf.file(aSha((files += 1)), { kind: 'file', mimeType: 'text/vtt' });
      const place = { kind: 'file', role: 'captions', of, language: 'es', sha256 } as const;
      await shelf.media('a', { externalId: `words-of-${of}`, ...place });
      paths.set(sha256, join(folder, sha256));
      await writeFile(join(folder, sha256), vtt);
      return sha256;
    },

    pathOf: (sha: Sha256): string => paths.get(sha) ?? '',

    derive: (sha: Sha256) => jobs.derive.runRaw({ sha256: sha }, quiet),
    transcribe: (sha: Sha256) => jobs.transcribe.runRaw({ sha256: sha }, quiet),
    sweep: () => jobs.sweep.runRaw({}, quiet),

    close: () => rm(folder, { recursive: true, force: true }),
  };
}

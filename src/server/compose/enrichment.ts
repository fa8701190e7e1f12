import type { Sha256 } from '#core/ids.ts';
import type { MediaDeps } from '#features/archive/server/index.ts';
import {
  createEnrichment,
  documentPicturesApi,
  enrichmentApi,
  enrichmentJobs,
  meaningApi,
  modelsApi,
  transcriptsApi,
} from '#features/enrichment/server/index.ts';
import { hideFromLogs } from '../platform/redact.ts';
import { shortId } from '../platform/short-id.ts';
import type { Archive } from './archive.ts';
import { createEmbedder, createListener } from './clients.ts';
import type { Platform } from './platform.ts';

export type Enrichment = ReturnType<typeof composeEnrichment>;

type Above = {
  /** More can be found in a file than before. */
  textMade: () => void;
  /** Another model embeds from now on, or the same one elsewhere, or none. */
  embedderChanged: () => Promise<void>;
};

/** What is made out of the files of the archive. */
export function composeEnrichment(
  platform: Platform,
  { media, postTexts, derivedFolder }: Archive,
  above: Above,
) {
  const { db, http, events, queue, programs, clock, config } = platform;
  const archiveChanged = () => events.publish('archive');

  const service = createEnrichment({
    db,
    folder: derivedFolder,
    media: media.files,
    captioned: media.captions,
    listener: createListener(http),
    embedder: createEmbedder(http),
    secrets: platform.secretsFor('models'),
    hide: hideFromLogs,
    programs,
    wake: async (sha256) => void (await queue.add(jobs.derive, { sha256 })),
    ocr: {
      languages: config.OCR_LANGUAGES,
      wake: async (sha256) => void (await queue.add(jobs.recognise, { sha256 })),
    },
    documentPictures: {
      wake: async (sha256) => void (await queue.add(jobs.takeOutPictures, { sha256 })),
      changed: archiveChanged,
    },
    speech: {
      wake: async (sha256) => void (await queue.add(jobs.transcribe, { sha256 })),
      sweep: async () => void (await queue.add(jobs.speechSweep, {})),
    },
    meaning: { changed: above.embedderChanged },
    newId: shortId,
    onTextMade: async (sha256: Sha256) => {
      await postTexts.touch(sha256);
      archiveChanged();
      above.textMade();
    },
    clock,
  });
  const jobs = enrichmentJobs(service);

  const deriveStored: MediaDeps['onStored'] = async (inTransaction, { sha256 }) =>
    void (await queue.add(jobs.derive, { sha256 }, { inTransaction }));

  return {
    service,
    deriveStored,
    jobs: Object.values(jobs),
    api: [
      enrichmentApi(service),
      documentPicturesApi(service),
      transcriptsApi(service),
      modelsApi(service),
      meaningApi(service),
    ],
  };
}

import type { Sha256 } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import { createDocumentPictures } from './document-pictures/document-pictures.service.ts';
import { createDocumentPictureStore } from './document-pictures/document-pictures.store.ts';
import { createDerivedFolder } from './folder.ts';
import { createEmbeddingService } from './meaning/embedding.service.ts';
import { createMeaningService } from './meaning/meaning.service.ts';
import { createMeaningStore } from './meaning/meaning.store.ts';
import { createRecogniser } from './ocr/recognise.service.ts';
import type { CaptionedMedia, Embedder, Listener } from './ports.ts';
import { createEnrichmentService, type EnrichmentDeps } from './service.ts';
import { createModelsService, type ModelsDeps } from './speech/models.service.ts';
import { createHeardPieces } from './speech/pieces.store.ts';
import { createModelStore } from './speech/settings.store.ts';
import { createSpeechService } from './speech/speech.service.ts';
import { createDerivativeStore } from './store.ts';

export { enrichmentApi } from './api.ts';
export { documentPicturesApi } from './document-pictures/document-pictures.api.ts';
export { enrichmentJobs } from './jobs.ts';
export { meaningApi } from './meaning/meaning.api.ts';
export { titlesOfPdfs } from './pdf.ts';
export { modelsApi } from './speech/models.api.ts';
export { transcriptsApi } from './transcripts.api.ts';

type Deps = Omit<EnrichmentDeps, 'store' | 'folder'> & {
  db: Db;
  /** Where derived files lie: `derived` beside the media store. */
  folder: string;
  captioned: CaptionedMedia;
  listener: Listener;
  embedder: Embedder;
  secrets: ModelsDeps['secrets'];
  hide: ModelsDeps['hide'];
  ocr: { languages: string; wake: (sha: Sha256) => Promise<void> };
  documentPictures: { wake: (sha: Sha256) => Promise<void>; changed: () => void };
  /** Asks for the job that listens to a file, and for the one that looks for all of them. */
  speech: { wake: (sha: Sha256) => Promise<void>; sweep: () => Promise<void> };
  /** Another model embeds from now on, or the same one elsewhere, or none. */
  meaning: { changed: () => Promise<void> };
  newId: () => string;
};

export function createEnrichment({ db, captioned, listener, embedder, ...deps }: Deps) {
  const { media, programs, onTextMade, secrets, hide, newId, clock } = deps;
  const store = createDerivativeStore(db);
  const folder = createDerivedFolder(deps.folder);
  const service = createEnrichmentService({ ...deps, store, folder });
  const models = createModelsService({
    store: createModelStore(db),
    listener,
    secrets,
    hide,
    clock,
    changed: async (isOn) => {
      await store.forgetFailed('speech');
      if (isOn) await deps.speech.sweep();
    },
  });
  const speech = createSpeechService({
    media,
    captioned,
    store,
    pieces: createHeardPieces(db),
    programs,
    listener,
    target: models.target,
    wake: deps.speech.wake,
    onTextMade,
    clock,
  });

  const recognising = createRecogniser({
    media,
    store,
    programs,
    languages: deps.ocr.languages,
    wake: deps.ocr.wake,
    onTextMade,
    clock,
  });

  const documentPictures = createDocumentPictures({
    media,
    store,
    pictures: createDocumentPictureStore(db),
    folder,
    programs,
    ...deps.documentPictures,
    clock,
  });

  const meaningParts = { store: createMeaningStore(db), embedder, secrets, hide };

  return {
    ...service,
    models,
    speech,
    recognising: {
      /** What is on the pages says which of their pictures are scans. */
      async recognise(...asked: Parameters<typeof recognising.recognise>) {
        const done = await recognising.recognise(...asked);
        await documentPictures.noticed(asked[0]);
        return done;
      },
    },
    documentPictures,
    meaning: createMeaningService({ ...meaningParts, changed: deps.meaning.changed, newId, clock }),
    embedding: createEmbeddingService(meaningParts),

    async derive(sha: Sha256, signal: AbortSignal) {
      const derived = await service.derive(sha, signal);
      if (derived.is !== 'made') return derived;
      for (const step of [speech, recognising, documentPictures]) await step.noticed(sha);
      return derived;
    },

    async sweep(signal: AbortSignal) {
      const swept = await service.sweep(signal);
      return {
        ...swept,
        toHear: await speech.sweep(signal),
        toRecognise: await recognising.sweep(signal),
        toTakeOut: await documentPictures.sweep(signal),
      };
    },

    async forget(sha: Sha256) {
      await service.forget(sha);
      await speech.forget(sha);
    },
  };
}

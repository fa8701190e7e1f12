import type { Sha256 } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import { createDerivedFolder } from './folder.ts';
import type { CaptionedMedia, Listener } from './ports.ts';
import { createEnrichmentService, type EnrichmentDeps } from './service.ts';
import { createModelsService, type ModelsDeps } from './speech/models.service.ts';
import { createHeardPieces } from './speech/pieces.store.ts';
import { createModelStore } from './speech/settings.store.ts';
import { createSpeechService } from './speech/speech.service.ts';
import { createDerivativeStore } from './store.ts';

export { enrichmentApi } from './api.ts';
export { enrichmentJobs } from './jobs.ts';
export { modelsApi } from './speech/models.api.ts';
export { transcriptsApi } from './transcripts.api.ts';

type Deps = Omit<EnrichmentDeps, 'store' | 'folder'> & {
  db: Db;
  /** Where derived files lie: `derived` beside the media store. */
  folder: string;
  captioned: CaptionedMedia;
  listener: Listener;
  secrets: ModelsDeps['secrets'];
  hide: ModelsDeps['hide'];
  /** Asks for the job that listens to a file, and for the one that looks for all of them. */
  speech: { wake: (sha: Sha256) => Promise<void>; sweep: () => Promise<void> };
};

export function createEnrichment({ db, folder, captioned, listener, secrets, hide, ...deps }: Deps) {
  const { media, programs, onTextMade, clock } = deps;
  const store = createDerivativeStore(db);
  const service = createEnrichmentService({ ...deps, store, folder: createDerivedFolder(folder) });
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

  return {
    ...service,
    models,
    speech,

    async derive(sha: Sha256, signal: AbortSignal) {
      const derived = await service.derive(sha, signal);
      if (derived.is === 'made') await speech.noticed(sha);
      return derived;
    },

    async sweep(signal: AbortSignal) {
      const swept = await service.sweep(signal);
      return { ...swept, toHear: await speech.sweep(signal) };
    },

    async forget(sha: Sha256) {
      await service.forget(sha);
      await speech.forget(sha);
    },
  };
}

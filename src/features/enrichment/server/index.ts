import type { Db } from '#server/platform/db.ts';
import { createDerivedFolder } from './folder.ts';
import { createEnrichmentService, type EnrichmentDeps } from './service.ts';
import { createDerivativeStore } from './store.ts';

export { enrichmentApi } from './api.ts';
export { enrichmentJobs } from './jobs.ts';
export { transcriptsApi } from './transcripts.api.ts';

/** `folder` is where derived files lie: `derived` beside the media store. */
export const createEnrichment = ({
  db,
  folder,
  ...deps
}: Omit<EnrichmentDeps, 'store' | 'folder'> & { db: Db; folder: string }) =>
  createEnrichmentService({ ...deps, store: createDerivativeStore(db), folder: createDerivedFolder(folder) });

/** What features to the right may use. Tables are for joins in their stores, never for writing. */
export { libraryEpisodes, libraryFiles, libraryItems, librarySources } from './tables.ts';
export { libraryCredits } from './credits.tables.ts';
export { createLibraryReader, createSyncStore } from './store.ts';
export { createLibraryLocks } from './lock.ts';
export { createDiskMeasuring } from './disks.measure.ts';
export { createForecastService, type ForecastDeps } from './forecast.service.ts';
export { createRunStore } from './runs.store.ts';
export { createSync, type SyncDeps } from './sync.ts';
export { createLibraryService, type LibraryService } from './service.ts';
export { libraryApi } from './api.ts';
export { postersApi } from './posters.api.ts';
export { createPosterService } from './posters.service.ts';
export { createRequesterNames } from './requesters.store.ts';
export { createStorageReader } from './storage.store.ts';
export { createCreditStore } from './credits.store.ts';
export { createCreditService } from './credits.service.ts';
export { creditsJob, syncJob } from './jobs.ts';
export type { ItemDetails, SourceRow } from './store.ports.ts';

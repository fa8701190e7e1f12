export { createArchive, type ArchiveDeps } from './archive.ts';
export { ledgerApi } from './ledger/ledger.api.ts';
export { createMedia, type MediaDeps } from './media/media.ts';
export { servingApi } from './media/serving.api.ts';
export { storageApi } from './media/storage.api.ts';
export { createPostTexts, type PostText } from './reading/texts.store.ts';
export { readingApi } from './reading/reading.api.ts';
export type { Replay } from './sync/replay.service.ts';
export { sourcesApi } from './sources/sources.api.ts';

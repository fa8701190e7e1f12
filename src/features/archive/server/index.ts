export { createArchive } from './archive.ts';
export type { ByteRange, MediaStore, StoredFile } from './media/ports.ts';

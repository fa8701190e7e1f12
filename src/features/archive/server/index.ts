export { createArchive } from './archive.ts';

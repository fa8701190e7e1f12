import { posix } from 'node:path';
import type { MediaKind } from '#features/archive/core/media.ts';

const EXTENSIONS: Readonly<Record<Exclude<MediaKind, 'file'>, readonly string[]>> = {
  image: ['.jpg', '.jpeg', '.png', '.gif', '.webp', '.avif'],
  audio: ['.mp3', '.m4a', '.ogg', '.opus', '.flac', '.wav'],
  video: ['.mp4', '.m4v', '.webm', '.mov', '.mkv'],
};

export function kindOfFile(path: string): MediaKind {
  const extension = posix.extname(path).toLowerCase();
  const kinds = ['image', 'audio', 'video'] as const;
  return kinds.find((kind) => EXTENSIONS[kind].includes(extension)) ?? 'file';
}

import { safeFileName } from './file-name.ts';
import { UNKNOWN_TYPE } from './media-type.ts';

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/avif': 'avif',
  'image/heic': 'heic',
  'image/svg+xml': 'svg',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'audio/ogg': 'ogg',
  'audio/wav': 'wav',
  'audio/flac': 'flac',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
  'video/quicktime': 'mov',
  'video/x-matroska': 'mkv',
  'application/pdf': 'pdf',
  'application/zip': 'zip',
  'application/epub+zip': 'epub',
  'application/json': 'json',
  'application/xml': 'xml',
  'text/plain': 'txt',
  'text/csv': 'csv',
  'text/html': 'html',
  'text/vtt': 'vtt',
  'application/x-subrip': 'srt',
};

/** The name under which a file is offered: as its creator called it, or by its hash. */
export function offeredName(given: string | null, file: { sha256: string; mimeType: string }): string {
  const extension = file.mimeType === UNKNOWN_TYPE ? undefined : EXTENSIONS[file.mimeType];
  const fallback = file.sha256.slice(0, 12) + (extension ? `.${extension}` : '');
  const name = safeFileName(given, fallback);
  const hasExtension = /\.[a-z0-9]{1,8}$/i.test(name);
  return hasExtension || !extension ? name : `${name}.${extension}`;
}

/** RFC 6266: in plain letters for old programs, and in UTF-8 for the others. */
export function contentDisposition(how: 'inline' | 'attachment', name: string): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^ -~]/gu, '_')
    .replaceAll(/["\\%]/g, '_');
  const whole = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${how}; filename="${plain}"; filename*=UTF-8''${whole}`;
}

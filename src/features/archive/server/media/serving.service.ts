import { Readable } from 'node:stream';
import type { PostMediaId, Sha256 } from '#core/ids.ts';
import { err, ok, type Result } from '#core/result.ts';
import { answerTo, type Conditions, type FileAnswer } from '../../core/media-answer.ts';
import { contentDisposition, offeredName } from '../../core/media-name.ts';
import type { Range } from '../../core/media-range.ts';
import { showsInline } from '../../core/media-type.ts';
import type { FileLibrary, FileRow } from './library.store.ts';
import type { MediaStore } from './ports.ts';

export type ServeProblem =
  | { code: 'archive.file-not-found' }
  /** Found by a look at it; it is fetched again by itself. */
  | { code: 'archive.file-damaged' }
  | { code: 'archive.store-missing' };

export type FileWish = {
  sha256: Sha256;
  as: PostMediaId | null;
  /** As a file to keep, whatever it is. */
  isDownload: boolean;
  conditions: Conditions;
  /** Nobody reads the body. */
  isHead: boolean;
};

export type Served = { status: FileAnswer['status']; headers: Record<string, string>; body: Readable | null };

export type ServingDeps = { library: Pick<FileLibrary, 'find' | 'nameOf'>; store: MediaStore };

export type Serving = ReturnType<typeof createServing>;

/** Types that the browser shows by itself still may load nothing and run nothing. */
const INLINE_POLICY =
  "default-src 'none'; img-src 'self'; media-src 'self'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'";
const FILE_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'";
const A_YEAR = 31_536_000;

/** Files as HTTP wants them. */
export function createServing({ library, store }: ServingDeps) {
  async function headersOf({ sha256, as, isDownload }: FileWish, file: FileRow, etag: string) {
    const isInline = !isDownload && showsInline(file.mimeType);
    const name = offeredName(await library.nameOf(sha256, as), file);
    return {
      'accept-ranges': 'bytes',
      etag,
      // Whoever signs out on a shared computer leaves what they saw, as with every picture; it is never in a proxy.
      'cache-control': file.damagedAt ? 'no-store' : `private, max-age=${A_YEAR}, immutable`,
      'content-disposition': contentDisposition(isInline ? 'inline' : 'attachment', name),
      'content-security-policy': isInline ? INLINE_POLICY : FILE_POLICY,
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'x-frame-options': isInline ? 'SAMEORIGIN' : 'DENY',
    };
  }

  /** The size that its row says is the one that is promised: anything else is damage, and no answer. */
  async function isThere({ sha256, sizeBytes }: FileRow): Promise<Result<void, ServeProblem>> {
    const size = await store.sizeOf(sha256);
    if (!size.known) return err({ code: 'archive.store-missing' });
    return size.value === sizeBytes ? ok(undefined) : err({ code: 'archive.file-damaged' });
  }

  return {
    async serve(wish: FileWish): Promise<Result<Served, ServeProblem>> {
      const file = await library.find(wish.sha256);
      if (!file) return err({ code: 'archive.file-not-found' });
      const there = await isThere(file);
      if (!there.ok) return there;
      const etag = file.damagedAt ? `"${file.sha256}-damaged"` : `"${file.sha256}"`;
      const answer = answerTo(wish.conditions, { etag, sizeBytes: file.sizeBytes });
      const headers = await headersOf(wish, file, etag);
      const { headers: own, body } = bodyOf(store, file, answer);
      return ok({
        status: answer.status,
        headers: { ...headers, ...own },
        body: wish.isHead ? null : body(),
      });
    },
  };
}

type Body = { headers: Record<string, string>; body: () => Readable | null };

function bodyOf(store: MediaStore, file: FileRow, answer: FileAnswer): Body {
  const { sizeBytes, mimeType, sha256 } = file;
  const read = (range?: Range) => Readable.from(chunksOf(store, sha256, range), { objectMode: false });
  const none = () => null;
  switch (answer.status) {
    case 200:
      return {
        headers: { 'content-type': mimeType, 'content-length': String(sizeBytes) },
        body: () => read(),
      };
    case 206: {
      const [first, second] = answer.parts;
      if (second !== undefined) return multipart(store, file, answer.parts);
      return {
        headers: {
          'content-type': mimeType,
          'content-length': String(lengthOf(first)),
          'content-range': contentRange(first, sizeBytes),
        },
        body: () => read(first),
      };
    }
    case 304:
    case 412:
      return { headers: {}, body: none };
    case 416:
      return { headers: { 'content-range': `bytes */${sizeBytes}`, 'content-length': '0' }, body: none };
  }
}

const lengthOf = ({ first, last }: Range): number => last - first + 1;
const contentRange = ({ first, last }: Range, sizeBytes: number): string =>
  `bytes ${first}-${last}/${sizeBytes}`;

/** The hash cannot be in the file that has this hash, so no file holds its own boundary. */
const boundaryOf = (sha256: Sha256): string => `keepercheky-${sha256.slice(0, 40)}`;

function multipart(
  store: MediaStore,
  { sha256, sizeBytes, mimeType }: FileRow,
  parts: readonly Range[],
): Body {
  const boundary = boundaryOf(sha256);
  const head = (part: Range) =>
    Buffer.from(
      `\r\n--${boundary}\r\ncontent-type: ${mimeType}\r\ncontent-range: ${contentRange(part, sizeBytes)}\r\n\r\n`,
    );
  const end = Buffer.from(`\r\n--${boundary}--\r\n`);
  const length = parts.reduce((sum, part) => sum + head(part).length + lengthOf(part), end.length);

  async function* all() {
    for (const part of parts) {
      yield head(part);
      yield* chunksOf(store, sha256, part);
    }
    yield end;
  }

  return {
    headers: {
      'content-type': `multipart/byteranges; boundary=${boundary}`,
      'content-length': String(length),
    },
    body: () => Readable.from(all(), { objectMode: false }),
  };
}

/** Opened when somebody begins to read, closed when nobody does any more. */
async function* chunksOf(store: MediaStore, sha256: Sha256, range?: Range): AsyncGenerator<Buffer> {
  const opened = await store.open(sha256, range);
  if (!opened) throw new Error('The file went away while it was asked for');
  yield* opened.body as AsyncIterable<Buffer>;
}

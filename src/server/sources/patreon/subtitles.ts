import { Readable } from 'node:stream';
import { err, ok, type Result } from '#core/result.ts';
import type { DownloadProblem } from '#features/archive/core/media.ts';
import type { Download, RawPost } from '#features/archive/server/ports.ts';
import { fieldsIn, fieldsOf, flagIn, listIn } from '../shared/fields.ts';
import type { Rendition } from '../shared/playlist.ts';
import { joinVtt } from '../shared/webvtt.ts';
import { openDocument } from './document.ts';
import type { StreamWords } from './media.ts';
import { read } from './read.ts';
import { readList, readText, type ListDeps } from './stream-lists.ts';
import { STREAM_WORDS } from './stream-words.ts';

/** A piece of words is some seconds long; these are the longest nights. */
const MOST_PIECES = 20_000;
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * Which words stand beside the films of a post is told by their streams alone, so it joins what came along. A stream that does
 * not answer costs the post nothing: this time it has no words.
 */
export async function withStreamWords(deps: ListDeps, post: RawPost, signal: AbortSignal): Promise<RawPost> {
  const found: object[] = [];
  for (const { id, url } of wordlessStreams(post)) {
    const master = await readList(deps, url, signal);
    const words = master.ok ? wordsIn(master.value.renditions).map(named) : [];
    if (words.length > 0) found.push({ type: STREAM_WORDS, id, attributes: { words } });
  }
  const raw = fieldsOf(post.raw);
  return found.length === 0
    ? post
    : { ...post, raw: { ...raw, included: [...listIn(raw, 'included'), ...found] } };
}

/** Films without a transcript that do not say that they have no words. */
function wordlessStreams(post: RawPost): { id: string; url: string }[] {
  const whole = read(post);
  if (!whole.ok || whole.value.post.locked) return [];
  const { media } = whole.value;
  return media.flatMap(({ media: { externalId: id, role }, at }) => {
    const hasWords = media.some((one) => one.media.of === id);
    return at.via === 'stream' && role === 'main' && !hasWords && !saysNone(post, id)
      ? [{ id, url: at.url }]
      : [];
  });
}

function saysNone({ raw }: RawPost, id: string): boolean {
  const document = openDocument(raw);
  const shown = document?.find({ type: 'media', id });
  const file = fieldsIn(document?.data[0]?.attributes ?? {}, 'post_file');
  const said =
    flagIn(fieldsIn(shown?.attributes ?? {}, 'display'), 'closed_captions_enabled') ??
    flagIn(file, 'closed_captions_enabled');
  return said === false;
}

const wordsIn = (renditions: readonly Rendition[]): Rendition[] =>
  renditions.filter(({ kind }) => kind === 'SUBTITLES');

const named = ({ language, name }: Rendition): StreamWords => ({ language, name });

/** The words of a stream in one language, its pieces made into one file. */
export async function fetchWords(
  deps: ListDeps,
  { url, words }: { url: string; words: StreamWords },
  signal: AbortSignal,
): Promise<Result<Download, DownloadProblem>> {
  const master = await readList(deps, url, signal);
  if (!master.ok) return master;
  const rendition = wordsIn(master.value.renditions).find(
    ({ language, name }) => language === words.language && name === words.name,
  );
  if (!rendition) return err({ code: 'source.not-found' });
  const pieces = await readPieces(deps, rendition.url, signal);
  if (!pieces.ok) return pieces;
  const joined = joinVtt(pieces.value);
  if (joined === null)
    return err({ code: 'download.wrong-type', expected: 'text/vtt', found: 'other words' });
  const bytes = Buffer.from(joined);
  return ok({
    body: Readable.from([bytes]),
    fromByte: 0,
    sizeBytes: bytes.length,
    mimeType: 'text/vtt',
    fileName: null,
    validator: null,
  });
}

async function readPieces(
  deps: ListDeps,
  url: string,
  signal: AbortSignal,
): Promise<Result<readonly string[], DownloadProblem>> {
  const list = await readList(deps, url, signal);
  if (!list.ok) return list;
  if (list.value.pieces.length > MOST_PIECES)
    return err({ code: 'download.too-large', limitBytes: MOST_BYTES });
  const pieces: string[] = [];
  let length = 0;
  for (const piece of list.value.pieces) {
    const text = await readText(deps, piece, signal);
    if (!text.ok) return text;
    length += text.value.length;
    if (length > MOST_BYTES) return err({ code: 'download.too-large', limitBytes: MOST_BYTES });
    pieces.push(text.value);
  }
  return ok(pieces);
}

import { err, ok, type Result } from '#core/result.ts';
import type { DownloadProblem, SourceMedia } from '#features/archive/core/media.ts';
import type { Download, DownloadWish } from '#features/archive/server/ports.ts';
import { retryAfterMs } from '#server/platform/http-retry.ts';
import type { HttpStream, HttpStreams, StreamProblem } from '#server/platform/http-stream.ts';
import { dispositionName } from './content-disposition.ts';

export type FileCall = {
  url: URL;
  headers: Readonly<Record<string, string>>;
  mayBePrivate: boolean;
  wish: Pick<DownloadWish, 'fromByte' | 'validator'> & { media: Pick<SourceMedia, 'kind' | 'mimeType'> };
};

export type FileAnswer = { is: 'file'; download: Download } | { is: 'redirect'; to: URL };

/** Asks a host for a file, from the middle on when the first part lies there already and is of the same bytes. */
export async function fetchFile(
  { streams, now }: { streams: HttpStreams; now: () => Date },
  { url, headers, mayBePrivate, wish }: FileCall,
  signal: AbortSignal,
): Promise<Result<FileAnswer, DownloadProblem>> {
  const range = rangeOf(wish);
  const open = (more: Record<string, string>) =>
    streams.open({ url, headers: { ...headers, ...more }, signal, mayBePrivate });
  let answer = await open(range);
  if (answer.ok && range['range'] !== undefined && isOtherFile(answer.value, wish)) {
    answer.value.body.destroy();
    answer = await open({});
  }
  if (!answer.ok) return err(problemOfStream(answer.error, url));
  return answerOf(answer.value, { url, wish, now: now() });
}

/** Only what proves that the bytes are the same may ask for a part: a weak tag does not (RFC 9110, 13.1.5). */
function rangeOf({ fromByte, validator }: FileCall['wish']): Record<string, string> {
  if (fromByte <= 0 || validator === null || validator.startsWith('W/')) return {};
  return { range: `bytes=${fromByte}-`, 'if-range': validator };
}

/** Some hosts do not know If-Range, and give the rest of another file; and a file that is shorter now has no such part. */
const isOtherFile = ({ status, headers }: HttpStream, { validator }: FileCall['wish']): boolean =>
  status === 416 || (status === 206 && validatorOf(headers) !== validator);

const validatorOf = (headers: Headers): string | null => headers.get('etag') ?? headers.get('last-modified');

type About = { url: URL; wish: FileCall['wish']; now: Date };

function answerOf(stream: HttpStream, about: About): Result<FileAnswer, DownloadProblem> {
  const { status, headers, body } = stream;
  if (status >= 300 && status < 400) {
    body.destroy();
    const to = URL.parse(headers.get('location') ?? '', about.url);
    return to
      ? ok({ is: 'redirect', to })
      : err({ code: 'source.bad-answer', reason: 'A redirect to nowhere' });
  }
  const problem =
    status === 200 || status === 206 ? wrongBody(stream, about) : refusal(status, headers, about);
  if (!problem) return ok({ is: 'file', download: downloadOf(stream) });
  body.destroy();
  return err(problem);
}

function refusal(status: number, headers: Headers, { url, now }: About): DownloadProblem {
  switch (status) {
    case 401:
    case 403:
      return { code: 'source.forbidden' };
    case 404:
    case 410:
      return { code: 'source.not-found' };
    case 429:
      return { code: 'source.rate-limited', retryAfterMs: retryAfterMs(headers.get('retry-after'), now) };
    case 400:
      return { code: 'source.bad-request', reason: `${url.host} does not understand the address` };
    default:
      return { code: 'download.host-failed', host: url.host, reason: `HTTP ${status}` };
  }
}

const PAGE = /^(text\/html|application\/(problem\+)?json)\b/i;

/** A page that says "OK" instead of a picture, a body of no length, and a part that nobody asked for. */
function wrongBody({ status, headers }: HttpStream, { wish }: About): DownloadProblem | null {
  const type = headers.get('content-type') ?? '';
  const { kind, mimeType } = wish.media;
  const isPage = PAGE.test(type) && (kind !== 'file' || (mimeType !== null && !PAGE.test(mimeType)));
  if (isPage) return { code: 'download.wrong-type', expected: mimeType ?? kind, found: type.slice(0, 80) };
  if (headers.get('content-length') === '0') return { code: 'download.empty' };
  if (status === 206 && startOf(headers) !== wish.fromByte)
    return { code: 'source.bad-answer', reason: 'Another part of the file than was asked for' };
  return null;
}

const CONTENT_RANGE = /^bytes (\d+)-\d+\/(\d+|\*)$/i;

const startOf = (headers: Headers): number =>
  Number(CONTENT_RANGE.exec(headers.get('content-range') ?? '')?.[1] ?? Number.NaN);

function downloadOf({ status, headers, body }: HttpStream): Download {
  const isPart = status === 206;
  const total = isPart
    ? CONTENT_RANGE.exec(headers.get('content-range') ?? '')?.[2]
    : headers.get('content-length');
  return {
    body,
    fromByte: isPart ? startOf(headers) : 0,
    sizeBytes: bytesOf(total ?? ''),
    mimeType: typeOf(headers),
    fileName: dispositionName(headers.get('content-disposition')),
    validator: validatorOf(headers),
  };
}

const bytesOf = (text: string): number | null => (/^\d{1,15}$/.test(text) ? Number(text) : null);

function typeOf(headers: Headers): string | null {
  const [type = ''] = (headers.get('content-type') ?? '').split(';', 1);
  return type.trim() === '' ? null : type.trim().toLowerCase();
}

/** What happened on the way to the host of a file says nothing about its source. */
export function problemOfStream(failure: StreamProblem, url: URL): DownloadProblem {
  switch (failure.code) {
    case 'http.aborted':
      return { code: 'source.aborted' };
    case 'http.private-address':
      return { code: 'download.unsupported-host', host: failure.host };
    case 'http.timed-out':
      return { code: 'download.host-failed', host: url.host, reason: 'timed out' };
    case 'http.host-unknown':
      return { code: 'download.host-failed', host: url.host, reason: 'unknown host' };
    case 'http.dropped':
    case 'http.certificate':
      return { code: 'download.host-failed', host: url.host, reason: failure.reason };
    default:
      return { code: 'download.host-failed', host: url.host, reason: failure.code };
  }
}

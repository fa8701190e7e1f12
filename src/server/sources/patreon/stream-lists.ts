import { text } from 'node:stream/consumers';
import { err, ok, type Result } from '#core/result.ts';
import type { DownloadProblem } from '#features/archive/core/media.ts';
import type { HttpStreams } from '#server/platform/http-stream.ts';
import { problemOfStream } from '../shared/fetch-file.ts';
import { readPlaylist, type Playlist } from '../shared/playlist.ts';
import type { Hosts } from './hosts.ts';

export type ListDeps = { streams: HttpStreams; hosts: Hosts; userAgent: string };

/** Mux refuses every playlist without it since May 2025 (yt-dlp#13263). */
export const REFERER = 'https://www.patreon.com/';

/** Lists of hours of video are half a megabyte. */
const MOST_LIST_BYTES = 8 * 1024 * 1024;

/** A list of a stream that is not protected and leads to nobody else. */
export async function readList(
  deps: ListDeps,
  address: string,
  signal: AbortSignal,
): Promise<Result<Playlist, DownloadProblem>> {
  const read = await readText(deps, address, signal);
  return read.ok ? looked(readPlaylist(read.value, address), deps.hosts) : read;
}

/** What belongs to a stream and is text: lists, words. */
export async function readText(
  { streams, hosts, userAgent }: ListDeps,
  address: string,
  signal: AbortSignal,
): Promise<Result<string, DownloadProblem>> {
  const url = URL.parse(address);
  if (!url || hosts.of(url) === 'other')
    return err({ code: 'download.unsupported-host', host: url?.host ?? '?' });
  const answer = await streams.open({
    url,
    headers: { referer: REFERER, 'user-agent': userAgent },
    signal,
    mayBePrivate: hosts.mayBePrivate(url),
  });
  if (!answer.ok) return err(problemOfStream(answer.error, url));
  const { status, headers, body } = answer.value;
  if (status !== 200 || Number(headers.get('content-length') ?? 0) > MOST_LIST_BYTES) {
    body.destroy();
    return err(refusal(status, url));
  }
  const read = await text(body).catch(() => null);
  if (read === null) return err({ code: 'download.host-failed', host: url.host, reason: 'cut short' });
  return ok(read);
}

function refusal(status: number, { host }: URL): DownloadProblem {
  if (status === 401 || status === 403) return { code: 'source.forbidden' };
  if (status === 404 || status === 410) return { code: 'source.not-found' };
  return { code: 'download.host-failed', host, reason: `HTTP ${status}` };
}

function looked(list: Playlist | null, hosts: Hosts): Result<Playlist, DownloadProblem> {
  if (!list)
    return err({ code: 'download.wrong-type', expected: 'application/x-mpegURL', found: 'no playlist' });
  if (list.isProtected) return err({ code: 'download.drm' });
  const foreign = list.urls.find((address) => {
    const url = URL.parse(address);
    return !url || hosts.of(url) === 'other';
  });
  if (foreign === undefined) return ok(list);
  return err({ code: 'download.unsupported-host', host: URL.parse(foreign)?.host ?? '?' });
}

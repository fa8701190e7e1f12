import { err, ok, type Result } from '#core/result.ts';
import type { DownloadProblem } from '#features/archive/core/media.ts';
import type { Download, DownloadWish, RawPost } from '#features/archive/server/ports.ts';
import type { HttpStreams } from '#server/platform/http-stream.ts';
import type { Programs } from '#server/platform/program.ts';
import { fetchFile, type FileAnswer, type FileCall } from '../shared/fetch-file.ts';
import type { PatreonClient } from './client.ts';
import type { Hosts } from './hosts.ts';
import type { Address } from './media.ts';
import { read } from './read.ts';
import { ofRedirect } from './refusal.ts';
import { fetchStream } from './stream.ts';
import { REFERER } from './stream-lists.ts';
import { fetchWords } from './subtitles.ts';

type FollowDeps = {
  client: PatreonClient;
  hosts: Hosts;
  streams: HttpStreams;
  clock: { now: () => Date };
  settings: { userAgent: string; mostBytes: number | null };
};

export type DownloadDeps = FollowDeps & {
  programs: Programs;
  /** The post as it is now; `anew` when what was answered a moment ago is too old already. */
  post(id: string, how: { anew: boolean }, signal: AbortSignal): Promise<Result<RawPost, DownloadProblem>>;
};

type Answer = Promise<Result<Download, DownloadProblem>>;

/** Tokens die between asking and fetching; once more with a fresh one, and then it is final. */
export async function download(deps: DownloadDeps, wish: DownloadWish, signal: AbortSignal): Answer {
  const first = await attempt(deps, { wish, anew: false }, signal);
  const isStale =
    !first.ok && (first.error.code === 'source.forbidden' || first.error.code === 'download.not-offered');
  return isStale ? attempt(deps, { wish, anew: true }, signal) : first;
}

async function attempt(
  deps: DownloadDeps,
  { wish, anew }: { wish: DownloadWish; anew: boolean },
  signal: AbortSignal,
): Answer {
  const address = await addressOf(deps, { wish, anew }, signal);
  if (!address.ok) return address;
  const at = address.value;
  switch (at.via) {
    case 'nowhere':
      return err({ code: 'download.not-offered' });
    case 'stream':
      return fetchStream({ ...deps, ...deps.settings }, { url: at.url, wish }, signal);
    case 'stream-words':
      return fetchWords({ ...deps, ...deps.settings }, at, signal);
    case 'address':
      return follow(deps, { url: at.url, wish }, signal);
    case 'attachment':
      return attachment(deps, { at, wish }, signal);
  }
}

async function addressOf(
  deps: DownloadDeps,
  { wish, anew }: { wish: DownloadWish; anew: boolean },
  signal: AbortSignal,
): Promise<Result<Address, DownloadProblem>> {
  const raw = await deps.post(wish.postId, { anew }, signal);
  if (!raw.ok) return raw;
  const whole = read(raw.value);
  if (!whole.ok) return err({ code: 'source.bad-answer', reason: whole.error.reason });
  const { post, media } = whole.value;
  const found = media.find((one) => one.media.externalId === wish.media.externalId);
  if (!found) return err({ code: 'source.not-found' });
  // What is shown to strangers is blurred or cut off: it must not stand in the place of the real thing.
  return post.locked && found.media.role !== 'preview' ? err({ code: 'source.forbidden' }) : ok(found.at);
}

/** Of a creator: shown to strangers too. */
export const downloadPicture = (deps: FollowDeps, url: string, signal: AbortSignal): Answer =>
  follow(
    deps,
    { url, wish: { fromByte: 0, validator: null, media: { kind: 'image', mimeType: null } } },
    signal,
  );

type Attachment = { at: Extract<Address, { via: 'attachment' }>; wish: DownloadWish };

/** Attachments of old posts are not there by this way, and are by the other. */
async function attachment(deps: DownloadDeps, { at, wish }: Attachment, signal: AbortSignal): Answer {
  const { postId, media } = wish;
  const url = new URL('/file', deps.hosts.site);
  url.search = new URLSearchParams({ h: postId, m: media.externalId }).toString();
  const answer = await follow(deps, { url: url.href, wish }, signal);
  const isMissing = !answer.ok && answer.error.code === 'source.not-found';
  return isMissing && at.url !== null && at.url !== url.href
    ? follow(deps, { url: at.url, wish }, signal)
    : answer;
}

const MOST_HOPS = 4;

/** Every step is looked at: who it leads to, and whether they may know who we are. */
async function follow(
  deps: FollowDeps,
  { url, wish }: { url: string; wish: FileCall['wish'] },
  signal: AbortSignal,
): Answer {
  let next = URL.parse(url);
  for (let hop = 0; hop < MOST_HOPS; hop += 1) {
    if (!next || deps.hosts.of(next) === 'other')
      return err({ code: 'download.unsupported-host', host: next?.host ?? '?' });
    const answer: Result<FileAnswer, DownloadProblem> = await step(deps, { url: next, wish }, signal);
    if (!answer.ok) return answer;
    if (answer.value.is === 'file') return withinLimit(answer.value.download, deps.settings.mostBytes);
    const { to } = answer.value;
    if (deps.hosts.of(to) === 'own' && ofRedirect(to.pathname).code === 'source.signed-out')
      return err({ code: 'source.signed-out' });
    next = to;
  }
  return err({ code: 'source.bad-answer', reason: 'Redirects without an end' });
}

/** The site itself is asked in its turn and with the sign-in, everybody else without. */
async function step(
  { client, hosts, streams, clock, settings }: FollowDeps,
  { url, wish }: { url: URL; wish: FileCall['wish'] },
  signal: AbortSignal,
): Promise<Result<FileAnswer, DownloadProblem>> {
  const isOwn = hosts.of(url) === 'own';
  const headers = isOwn ? client.signIn : { referer: REFERER, 'user-agent': settings.userAgent };
  const mayBePrivate = hosts.mayBePrivate(url);
  const ask = () => fetchFile({ streams, now: clock.now }, { url, headers, mayBePrivate, wish }, signal);
  if (!isOwn) return ask();
  const answer = await client.inTurn(signal, ask);
  const isPage =
    !answer.ok && answer.error.code === 'download.wrong-type' && answer.error.found.includes('html');
  return isPage ? err({ code: 'source.signed-out' }) : answer;
}

function withinLimit(found: Download, limitBytes: number | null): Result<Download, DownloadProblem> {
  if (limitBytes === null || (found.sizeBytes ?? 0) <= limitBytes) return ok(found);
  found.body.destroy();
  return err({ code: 'download.too-large', limitBytes });
}

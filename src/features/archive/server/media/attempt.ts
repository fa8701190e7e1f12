import { err, ok, type Result } from '#core/result.ts';
import type { DownloadProblem } from '../../core/media.ts';
import { brokenPromise, hasRoom, type Tried } from '../../core/media-download.ts';
import type { Download } from '../ports.ts';
import { attachTo } from './downloads.store.ts';
import type { DownloadDeps, Opened, Progress, WantedMedia } from './downloads.ports.ts';
import type { Received } from './ports.ts';
import { inDownloadWords, receiveBody } from './receive-body.ts';

export type AttemptEnd = Result<void, { problem: DownloadProblem } & Omit<Tried, 'tries'>>;

type Told = { wanted: WantedMedia; opened: Opened; signal: AbortSignal; progress: Progress };

/**
 * One try. The bytes come into a part, are proven, are placed, and then named by their row, in this order: whoever is
 * killed on the way leaves a part to go on with, or a file that the sweep finds, and never a row without its bytes.
 */
export const attempt = (deps: DownloadDeps, told: Told): Promise<AttemptEnd> =>
  deps.parts.withWorkFolder(told.wanted.id, (workFolder) => inFolder(deps, told, workFolder));

async function inFolder(deps: DownloadDeps, told: Told, workFolder: string): Promise<AttemptEnd> {
  const { wanted, opened, signal } = told;
  const kept = await deps.parts.find(wanted.id);
  const fromByte = Math.max(0, kept.bytes - 1); // the last one again: nobody serves a part that begins at the end
  const answer = await opened.source.download(
    {
      creatorId: wanted.creatorId,
      postId: wanted.postId,
      media: wanted.media,
      fromByte,
      validator: kept.validator,
      workFolder,
    },
    signal,
  );
  const sizeBytes = (answer.ok ? answer.value.sizeBytes : null) ?? wanted.media.sizeBytes;
  const failed = (problem: DownloadProblem, hasGained = false): AttemptEnd =>
    err({ problem, sizeBytes, hasGained });

  if (!answer.ok) return failed(answer.error);
  const refused = await refusal(deps, told, answer.value, kept);
  if (refused) {
    answer.value.body.destroy();
    return failed(refused);
  }
  const { mostBytes } = opened.stored.settings;
  const wish = { signal, mostBytes, partKey: wanted.id, progress: told.progress };
  const received = await receiveBody(deps, answer.value, wish);
  if (!received.ok) {
    const { bytes } = await deps.parts.find(wanted.id);
    return failed(received.error, isOfTheLine(received.error) && bytes > kept.bytes);
  }
  const problem = await keep(deps, told, answer.value, received.value);
  return problem ? failed(problem) : ok(undefined);
}

const isOfTheLine = ({ code }: DownloadProblem): boolean =>
  code === 'source.unreachable' || code === 'source.timed-out';

/** What can be said before a byte is read. */
async function refusal(
  { settings, store, parts }: DownloadDeps,
  { wanted, opened }: Told,
  { sizeBytes, fromByte, validator }: Download,
  kept: { bytes: number; validator: string | null },
): Promise<DownloadProblem | null> {
  const { mostBytes } = opened.stored.settings;
  if (mostBytes !== null && (sizeBytes ?? 0) > mostBytes)
    return { code: 'download.too-large', limitBytes: mostBytes };
  if (fromByte > kept.bytes || (fromByte > 0 && validator !== kept.validator)) {
    await parts.forget(wanted.id);
    return { code: 'source.bad-answer', reason: 'These are bytes of another file than the first ones' };
  }
  const state = await store.state();
  if (state.is === 'missing') return { code: 'download.store-missing', path: state.path };
  const { reserveBytes } = await settings();
  const { freeBytes } = state;
  const hasSpace = hasRoom({ freeBytes, reserveBytes }, { sizeBytes, haveBytes: fromByte });
  return hasSpace ? null : { code: 'download.disk-full', freeBytes };
}

async function keep(
  { files, clock, onStored }: DownloadDeps,
  { wanted: { id, media }, signal }: Told,
  download: Download,
  received: Received,
): Promise<DownloadProblem | null> {
  const promised = {
    kind: media.kind,
    mimeTypes: [media.mimeType, download.mimeType],
    fileName: media.fileName ?? download.fileName,
    sizeBytes: download.sizeBytes,
  };
  const broken = brokenPromise(promised, received);
  try {
    signal.throwIfAborted();
    if (!broken) {
      const attach = attachTo({ id, fileName: download.fileName }, received, clock.now(), onStored);
      const kept = await files.keep(received, attach);
      if (kept.ok) return null;
      await received.discard();
      return inDownloadWords(kept.error);
    }
  } catch (problem) {
    await received.discard();
    throw problem;
  }
  await received.discard();
  return broken;
}

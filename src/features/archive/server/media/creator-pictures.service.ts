import type { SourceId } from '#core/ids.ts';
import {
  duePictures,
  isOfThisPicture,
  type DuePicture,
  type ToldPictures,
} from '../../core/creator-pictures.ts';
import type { DownloadProblem } from '../../core/media.ts';
import { brokenPromise, hasRoom } from '../../core/media-download.ts';
import type { MediaSettings } from '../../core/media-store.ts';
import type { Download, Source } from '../ports.ts';
import type { CreatorPictureRows } from './creator-pictures.store.ts';
import type { FileRows, OnStored } from './downloads.ports.ts';
import type { MediaStore, Received } from './ports.ts';
import { inDownloadWords, receiveBody } from './receive-body.ts';

export type CreatorPictureDeps = {
  rows: CreatorPictureRows;
  files: Pick<FileRows, 'keep'>;
  store: Pick<MediaStore, 'state' | 'receive'>;
  settings: () => Promise<MediaSettings>;
  onStored: OnStored;
  stallMs: number;
  changed: () => void;
  log: { warn: (what: string, facts: object) => void };
};

export type ToldSource = {
  source: Pick<Source, 'picture'>;
  stored: { id: SourceId };
  told: readonly ToldPictures[];
};

/** A cover of 4000 pixels has 5 MB; whatever is larger than this is no face. */
const MOST_BYTES = 20_000_000;

/** Avatars and covers, one after the other. One that cannot be had leaves what was there, and the next sync asks again. */
export function createCreatorPictures(deps: CreatorPictureDeps) {
  const { rows, store, settings } = deps;

  async function hasPlace(): Promise<boolean> {
    const [state, { reserveBytes }] = await Promise.all([store.state(), settings()]);
    if (state.is === 'missing') return false;
    return hasRoom({ freeBytes: state.freeBytes, reserveBytes }, { sizeBytes: MOST_BYTES, haveBytes: 0 });
  }

  async function fetch(
    source: ToldSource['source'],
    due: DuePicture,
    signal: AbortSignal,
  ): Promise<DownloadProblem | null> {
    const answer = await source.picture(due.picture.address, signal);
    if (!answer.ok) return answer.error;
    const anew = { ...answer.value, validator: null }; // too small to be gone on with
    const partKey = `${due.creatorId}-${due.role}`;
    const received = await receiveBody(deps, anew, { signal, mostBytes: MOST_BYTES, partKey });
    if (!received.ok) return received.error;
    const problem = noPicture(answer.value, received.value) ?? (await keep(received.value, due));
    if (problem) await received.value.discard();
    return problem;
  }

  async function keep(received: Received, due: DuePicture): Promise<DownloadProblem | null> {
    const { sha256 } = received;
    const kept = await deps.files.keep(received, async (transaction) => {
      await rows.attach(transaction, due, { sha256, version: due.picture.version });
      await deps.onStored(transaction, received, null);
    });
    return kept.ok ? null : inDownloadWords(kept.error);
  }

  return async ({ source, stored, told }: ToldSource, signal: AbortSignal): Promise<void> => {
    const due = duePictures(await rows.of(stored.id), told);
    if (due.length === 0 || !(await hasPlace())) return;
    for (const one of due) {
      const problem = await fetch(source, one, signal);
      signal.throwIfAborted();
      if (!problem) {
        deps.changed();
        continue;
      }
      const { creatorId, role } = one;
      deps.log.warn('a picture of a creator cannot be had', { creator: creatorId, role, why: problem.code });
      if (!isOfThisPicture(problem)) return;
    }
  };
}

/** By its own bytes: an SVG is no picture either, because it can run scripts. */
function noPicture({ sizeBytes, mimeType }: Download, received: Received): DownloadProblem | null {
  const promised = { kind: 'image', mimeTypes: [mimeType], fileName: null, sizeBytes } as const;
  const broken = brokenPromise(promised, received);
  if (broken || received.kind === 'image') return broken;
  return { code: 'download.wrong-type', expected: 'image', found: received.mimeType };
}

import { err, type Result } from '#core/result.ts';
import { redactText } from '#server/platform/redact.ts';
import type { DownloadProblem } from '../../core/media.ts';
import type { StoreProblem } from '../../core/media-store.ts';
import type { Download } from '../ports.ts';
import type { Progress } from './downloads.ports.ts';
import type { MediaStore, Received, ReceiveProblem } from './ports.ts';
import { stallWatch } from './stall-watch.ts';

export type BodyWish = {
  signal: AbortSignal;
  mostBytes: number | null;
  partKey: string;
  progress?: Progress;
};

/** The bytes of an answer into the store, unproven still; a line that brings nothing any more is given up. */
export async function receiveBody(
  { store, stallMs }: { store: Pick<MediaStore, 'receive'>; stallMs: number },
  { body, sizeBytes, fromByte, validator }: Download,
  { signal, mostBytes, partKey, progress }: BodyWish,
): Promise<Result<Received, DownloadProblem>> {
  const stall = stallWatch(stallMs);
  try {
    const received = await store.receive(body, {
      signal: AbortSignal.any([signal, stall.signal]),
      mostBytes,
      part: { key: partKey, fromByte, validator },
      onBytes: (done) => {
        stall.alive();
        progress?.(done, sizeBytes);
      },
    });
    return received.ok ? received : err(inDownloadWords(received.error));
  } catch (broken) {
    if (signal.aborted) throw broken;
    if (stall.signal.aborted) return err({ code: 'source.timed-out', afterMs: stallMs });
    return err({ code: 'source.unreachable', reason: reasonOf(broken) });
  } finally {
    stall.end();
  }
}

const reasonOf = (broken: unknown): string =>
  redactText(broken instanceof Error ? broken.message : String(broken)).slice(0, 300);

export function inDownloadWords(problem: StoreProblem | ReceiveProblem): DownloadProblem {
  switch (problem.code) {
    case 'store.missing':
      return { code: 'download.store-missing', path: problem.path };
    case 'store.full':
      return { code: 'download.disk-full', freeBytes: problem.freeBytes };
    case 'store.too-large':
      return { code: 'download.too-large', limitBytes: problem.limitBytes };
  }
}

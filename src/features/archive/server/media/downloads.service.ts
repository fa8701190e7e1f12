import type { PostMediaId } from '#core/ids.ts';
import type { DownloadProblem } from '../../core/media.ts';
import { hasRoom, nextStep, type Tried } from '../../core/media-download.ts';
import { isResting } from '../../core/stopping.ts';
import { attempt } from './attempt.ts';
import type { DownloadDeps, Opened, Progress, WantedMedia } from './downloads.ports.ts';

/** `later` costs no try of the queue: tries are counted by problem, in the row. */
export type DownloadEnd =
  { is: 'done' } | { is: 'gap'; why: string } | { is: 'later'; afterMs: number; why: string };

export type Downloads = ReturnType<typeof createDownloads>;

/** When nobody can say when a source may be asked again: somebody has to act, and a look costs nothing. */
const STOPPED_MS = 15 * 60_000;

/** Fetches the bytes of one place of a post. It may be run twice, and killed at any point. */
export function createDownloads(deps: DownloadDeps) {
  const { rows, store, parts, places, settings, open, clock, random } = deps;

  async function settle(wanted: WantedMedia, problem: DownloadProblem, tried: Omit<Tried, 'tries'>) {
    const step = nextStep(problem, { tries: wanted.tries, ...tried });
    const tries = step.is === 'later' ? wanted.tries : wanted.tries + 1;
    const gap = step.is === 'gap' ? step.reason : null;
    await rows.tried(wanted.id, { tries, triedAt: clock.now(), gap });
    if (step.is !== 'gap') return later(step.afterMs, describe(problem));
    await parts.forget(wanted.id);
    return { is: 'gap', why: describe(problem) } as const;
  }

  /** Nothing is asked of anybody while there is nowhere to put it. */
  async function noPlaceFor({ id, media }: WantedMedia): Promise<DownloadProblem | null> {
    const state = await store.state();
    if (state.is === 'missing') return { code: 'download.store-missing', path: state.path };
    const { freeBytes } = state;
    const { reserveBytes } = await settings();
    const haveBytes = (await parts.find(id)).bytes;
    return hasRoom({ freeBytes, reserveBytes }, { sizeBytes: media.sizeBytes, haveBytes })
      ? null
      : { code: 'download.disk-full', freeBytes };
  }

  /**
   * The more wait, the longer: at any moment some of them come back to find a free place, and the others do not stand
   * before the media of other sources.
   */
  async function busy({ sourceId }: WantedMedia): Promise<DownloadEnd> {
    const spreadMs = Math.min((await rows.waitingOf(sourceId)) * 20, STOPPED_MS);
    return later(2_000 + random() * spreadMs, 'as many downloads of its source as allowed are under way');
  }

  async function inPlace(wanted: WantedMedia, opened: Opened, run: DownloadRun): Promise<DownloadEnd> {
    const place = await places.take(wanted.sourceId, opened.stored.settings.pacing.downloads, wanted.id);
    if (!place) return busy(wanted);
    try {
      const current = await rows.find(wanted.id); // somebody may have been quicker
      if (current?.state !== 'waiting') return { is: 'done' };
      const signal = AbortSignal.any([run.signal, place.lost]);
      const end = await attempt(deps, { wanted: current, opened, signal, progress: run.progress });
      if (end.ok) return { is: 'done' };
      const { problem, ...tried } = end.error;
      return await settle(current, problem, tried);
    } finally {
      await place.release();
    }
  }

  return {
    async run(id: PostMediaId, run: DownloadRun): Promise<DownloadEnd> {
      const wanted = await rows.find(id);
      if (wanted?.state !== 'waiting') return { is: 'done' };
      const problem = await noPlaceFor(wanted);
      if (problem) return settle(wanted, problem, { sizeBytes: null, hasGained: false });
      const opened = await open(wanted.sourceId);
      if (!opened.ok) return later(STOPPED_MS, opened.error.code);
      const { state } = opened.value.stored;
      if (state.is === 'stopped' && isResting(state, clock.now())) {
        const restMs = state.until ? state.until.getTime() - clock.now().getTime() : STOPPED_MS;
        return later(restMs + random() * 5_000, state.problem.code);
      }
      return inPlace(wanted, opened.value, run);
    },
  };
}

export type DownloadRun = { signal: AbortSignal; progress: Progress };

const later = (afterMs: number, why: string): DownloadEnd => ({ is: 'later', afterMs, why });

/** For the page of jobs: the code, and the facts behind it. */
function describe({ code, ...facts }: DownloadProblem): string {
  const values = Object.values(facts).filter((value) => value !== null && value !== '');
  return values.length > 0 ? `${code}: ${values.join(', ')}` : code;
}

import type { SourceId } from '#core/ids.ts';
import { isFolderAway } from '../../core/stopping.ts';
import type { OpenedSource, OpenSource } from './opener.ts';
import type { Clock, SourceStore } from './sources.ports.ts';

export type GlanceDeps = {
  open: OpenSource;
  check: (id: SourceId, signal: AbortSignal) => Promise<unknown>;
  startSync: (id: SourceId) => Promise<unknown>;
  store: Pick<SourceStore, 'saveLook'>;
  clock: Clock;
};

/** A disk that is mounted after the program has started is no news for anybody. */
const MISSES_BEFORE_NEWS = 3;
/** So that a look at a slow disk takes a thirtieth of its time at most. */
const REST_PER_LOOK = 30;

export type Look = 'nothing-new' | 'something-new';

type Seen = { what: string | null; misses: number; notBefore: number };

/**
 * Looks at watched sources every minute. What was seen is not stored: after a start the first look makes a sync, which
 * costs little where nothing is new, and finds what came meanwhile.
 */
export function createGlances({ open, check, startSync, store, clock }: GlanceDeps) {
  const seen = new Map<SourceId, Seen>();

  async function glance(id: SourceId, before: Seen, signal: AbortSignal): Promise<Look> {
    const opened = await open(id);
    const watched = opened.ok ? watchedBy(opened.value) : null;
    if (!watched) return 'nothing-new';
    const startedAt = clock.now().getTime();
    const answer = await watched.glance(signal);
    signal.throwIfAborted();
    await store.saveLook(id, clock.now());
    const notBefore = startedAt + (clock.now().getTime() - startedAt) * REST_PER_LOOK;
    const misses = answer.ok ? 0 : before.misses + 1;
    seen.set(id, { what: answer.ok ? answer.value : before.what, misses, notBefore });
    // A check writes down what is wrong, and tells people; or that it is over.
    const isCheckDue = watched.wasAway ? answer.ok : misses === MISSES_BEFORE_NEWS;
    if (isCheckDue) await check(id, signal);
    const isNew = answer.ok && (watched.wasAway || answer.value !== before.what);
    if (isNew) await startSync(id);
    return isNew || isCheckDue ? 'something-new' : 'nothing-new';
  }

  return {
    async look(id: SourceId, signal: AbortSignal): Promise<Look> {
      const before = seen.get(id) ?? { what: null, misses: 0, notBefore: 0 };
      return clock.now().getTime() < before.notBefore ? 'nothing-new' : glance(id, before, signal);
    },
  };
}

/** Null where there is nothing to look at now: it is switched off, or waits for something else. */
function watchedBy({ source: { glance }, stored: { enabled, state } }: OpenedSource) {
  if (!glance || !enabled) return null;
  const wasAway = state.is === 'stopped' && isFolderAway(state.problem);
  return state.is === 'stopped' && !wasAway ? null : { glance, wasAway };
}

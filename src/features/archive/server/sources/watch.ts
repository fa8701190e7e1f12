import type { SourceId } from '#core/ids.ts';
import type { Result } from '#core/result.ts';
import type { SourceAttention } from '../../core/attention.ts';
import { expiryOf } from '../../core/stopping.ts';
import type { OpenProblem } from './opener.ts';
import type { Clock, SourceStore, StoredSource } from './sources.ports.ts';

export type ExpiringSource = Pick<StoredSource, 'id' | 'name' | 'plugin'> & { expiresAt: Date };

export type WatchDeps = {
  store: Pick<SourceStore, 'list'>;
  check: (id: SourceId, signal: AbortSignal) => Promise<Result<StoredSource, OpenProblem>>;
  expiring: (source: ExpiringSource) => Promise<void>;
  clock: Clock;
};

/** Sign-ins die while nobody looks; this looks. */
export function createSourceWatch({ store, check, expiring, clock }: WatchDeps) {
  const signedIn = async () =>
    (await store.list()).filter(({ enabled, sealedCredentials }) => enabled && sealedCredentials !== null);

  return {
    /** Every day. One that rests is left alone; one that waits for a person too, since only a person can change that. */
    async checkAll(signal: AbortSignal): Promise<void> {
      for (const source of await signedIn()) {
        if (source.state.is === 'stopped') continue;
        const checked = await check(source.id, signal);
        signal.throwIfAborted();
        if (!checked.ok) continue;
        const { id, name, plugin, state } = checked.value;
        const expiry = expiryOf(state, clock.now());
        if (expiry.is === 'soon') await expiring({ id, name, plugin, expiresAt: expiry.at });
      }
    },

    /** Those that are stopped, or will be soon. */
    async attention(): Promise<SourceAttention[]> {
      const now = clock.now();
      return (await signedIn())
        .map(({ id, name, plugin, state }) => ({ id, name, plugin, state, expiry: expiryOf(state, now) }))
        .filter(
          ({ state, expiry }) => state.is === 'stopped' || expiry.is === 'soon' || expiry.is === 'over',
        );
    },
  };
}

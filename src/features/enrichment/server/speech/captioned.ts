import type { Sha256 } from '#core/ids.ts';
import { listening, type CaptionState } from '../../core/speech/listening.ts';
import type { CaptionedMedia, DerivativeRow, DerivativeStore } from '../ports.ts';

type Deps = { captioned: Pick<CaptionedMedia, 'captionsOf'>; store: Pick<DerivativeStore, 'of'> };

/** Whether a file is to be listened to, as its captions stand now. */
export const createStanding =
  ({ captioned, store }: Deps) =>
  async (sha: Sha256): Promise<ReturnType<typeof listening>> => {
    const places = await captioned.captionsOf(sha);
    const rows = await store.of([...new Set(places.flat().flatMap(({ sha256 }) => sha256 ?? []))]);
    return listening(places.map((captions) => captions.map(({ sha256 }) => stateOf(sha256, rows))));
  };

function stateOf(sha: Sha256 | null, rows: readonly DerivativeRow[]): CaptionState {
  const row = rows.find(({ sha256, kind }) => sha256 === sha && kind === 'captions');
  if (!row || row.state.is === 'waiting') return 'awaited';
  return row.state.is === 'made' ? 'readable' : 'unreadable';
}

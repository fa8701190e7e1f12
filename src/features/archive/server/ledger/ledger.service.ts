import type { CreatorId } from '#core/ids.ts';
import { balance, splitGapIds, type Gap, type ReasonCode } from '../../core/ledger.ts';
import type { CreatorLedger, DriftCount, LedgerStore } from './ledger.ports.ts';

export type GapPage = { items: Gap[]; next: string | null };

export type GapQuestion = {
  creatorId?: string | undefined;
  reason?: ReasonCode | undefined;
  after?: string | undefined;
  limit: number;
};

export type TryAgain = { ids: readonly string[] } | { creatorId: string; reason?: ReasonCode | undefined };

export type LedgerService = ReturnType<typeof createLedgerService>;

/** A page of it is for people: more kinds than this is a source that has changed altogether. */
const MOST_DRIFT = 500;

/** What was expected, what is here, and what is missing with the reason: nothing of it is stored twice. */
export function createLedgerService({ store, changed }: { store: LedgerStore; changed: () => void }) {
  const ledgers = async (creatorId: CreatorId | null): Promise<CreatorLedger[]> =>
    (await store.counts(creatorId)).map(({ creatorId: id, creatorName, sourceId, ...counts }) => ({
      creatorId: id,
      creatorName,
      sourceId,
      ledger: balance(counts),
    }));

  return {
    all: () => ledgers(null),
    of: async (creatorId: string): Promise<CreatorLedger | null> =>
      (await ledgers(creatorId as CreatorId))[0] ?? null,

    async gaps({ creatorId, reason, after, limit }: GapQuestion): Promise<GapPage> {
      const found = await store.gaps({
        creatorId: (creatorId as CreatorId | undefined) ?? null,
        reason: reason ?? null,
        after: after === undefined ? null : readGapCursor(after),
        limit: limit + 1,
      });
      const items = found.slice(0, limit);
      const last = items.at(-1);
      return { items, next: found.length > limit && last ? cursorOf(last) : null };
    },

    /** Gives how many are tried again. */
    async tryAgain(wish: TryAgain): Promise<number> {
      const count =
        'ids' in wish
          ? await store.reopen(splitGapIds(wish.ids))
          : await store.reopenAll(wish.creatorId as CreatorId, wish.reason ?? null);
      if (count > 0) changed();
      return count;
    },

    drift: (): Promise<DriftCount[]> => store.drift(MOST_DRIFT),
  };
}

const cursorOf = ({ publishedAt, id }: Gap): string => `${String(publishedAt.getTime())}_${id}`;

/** Posts may be older than 1970. Null when it is none of ours. */
export function readGapCursor(cursor: string): { publishedAt: Date; id: string } | null {
  const [, time, id] = /^(-?\d{1,15})_((?:post|media)-.+)$/.exec(cursor) ?? [];
  return time === undefined || id === undefined ? null : { publishedAt: new Date(Number(time)), id };
}

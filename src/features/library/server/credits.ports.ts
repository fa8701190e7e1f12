import type { ConnectionId, ItemId } from '#core/ids.ts';
import type { CreditServer, ToldCredits } from './ports.ts';

/** Ids travel in the address, which servers cut at 8 KB (T-28); one of Jellyfin has 32 digits. */
export const CREDITS_AT_ONCE = 100;

/** What `server/compose` plugs in: an open client for a media server. */
export type OpenCreditServer = (id: ConnectionId) => Promise<CreditServer>;

/** A film or show with its entry at the media server that is asked. */
export type DueTitle = { itemId: ItemId; mediaExternalId: string };

/** `told` is null for a title that the media server was asked about and told nothing of. */
export type AskedCredits = DueTitle & { told: Omit<ToldCredits, 'mediaExternalId'> | null };

export type CreditStore = {
  /** Whose credits are not known, or are older than these moments; by their ids, the next `limit` after one. */
  due(wish: {
    connectionId: ConnectionId;
    askedBefore: Date;
    /** Of titles of which nothing is known yet: a media server may learn more within days. */
    emptyBefore: Date;
    after: ItemId | null;
    limit: number;
  }): Promise<DueTitle[]>;
  /** What was known stays where nothing is told. Answers of how many titles something else is known now. */
  save(connectionId: ConnectionId, asked: readonly AskedCredits[], at: Date): Promise<number>;
  /** Of titles that are no longer there. */
  forgetGone(): Promise<void>;
};

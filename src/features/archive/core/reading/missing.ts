import { reasonCodes, type Ledger, type ReasonCode } from '../ledger.ts';

/** Posts and media together, by reason, the most frequent first. */
export const missingByReason = ({ posts, media }: Ledger): { reason: ReasonCode; count: number }[] =>
  reasonCodes
    .map((reason) => ({
      reason,
      count: [...posts.missing, ...media.missing]
        .filter((one) => one.reason === reason)
        .reduce((sum, { count }) => sum + count, 0),
    }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);

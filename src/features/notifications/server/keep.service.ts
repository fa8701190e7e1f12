import { createHash } from 'node:crypto';
import type { ItemId } from '#core/ids.ts';
import { err, ok, type Result } from '#core/result.ts';
import type { LeavingTitle } from '../core/event.ts';
import {
  expiryOf,
  isToken,
  keptUntil,
  linkTitle,
  type KeepLink,
  type KeepOutcome,
  type KeepState,
} from '../core/keep-link.ts';
import type { Clock, Keep, KeepLinkStore } from './ports.ts';

export type KeepDeps = {
  links: KeepLinkStore;
  keep: Keep;
  keepDays: () => Promise<number>;
  /** 32 random bytes in base64url. */
  newToken: () => string;
  /** Whether somebody at this address may try once more. */
  mayTry: (address: string) => boolean;
  clock: Clock;
};

export type TooManyTries = { code: 'keep.too-many-tries' };
export type KeepLinks = ReturnType<typeof createKeepService>;

/** A plain fast hash is enough: the token is 256 random bits and not a password. */
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** C-19: links by which somebody without an account keeps one film, once. */
export function createKeepService({ links, keep, keepDays, newToken, mayTry, clock }: KeepDeps) {
  const stateOf = (link: (KeepLink & { isUsed: boolean }) | null): KeepState => {
    if (link === null) return { is: 'unknown' };
    if (link.isUsed) return { is: 'used' };
    return link.expiresAt <= clock.now()
      ? { is: 'expired' }
      : { is: 'open', title: link.title, dueAt: link.dueAt };
  };
  const find = async (token: string) => (isToken(token) ? links.find(hashOf(token)) : null);

  async function carryOut(link: KeepLink): Promise<KeepOutcome> {
    const now = clock.now();
    const until = keptUntil(link.dueAt, now, await keepDays());
    const done = await keep({ itemId: link.itemId, by: link.person, until });
    if (!done.ok) return { is: 'gone', title: link.title };
    return done.value === 'kept'
      ? { is: 'kept', title: link.title, until }
      : { is: 'asked', title: link.title };
  }

  return {
    /** Makes a link for each title. Only the message that they go into ever knows the tokens. */
    async mint(
      { person, titles }: { person: string; titles: readonly LeavingTitle[] },
      publicUrl: string,
    ): Promise<ReadonlyMap<ItemId, string>> {
      const now = clock.now();
      const made = titles.map((title) => ({ title, token: newToken() }));
      await links.add(
        made.map(({ title, token }) => ({
          tokenHash: hashOf(token),
          itemId: title.itemId,
          person,
          title: linkTitle(title),
          dueAt: title.dueAt,
          expiresAt: expiryOf(title.dueAt, now),
        })),
      );
      return new Map(made.map(({ title, token }) => [title.itemId, `${publicUrl}/keep/${token}`]));
    },

    /** Changes nothing, because scanners of mail servers open every link. */
    async look(token: string, address: string): Promise<Result<KeepState, TooManyTries>> {
      if (!mayTry(address)) return err({ code: 'keep.too-many-tries' });
      return ok(stateOf(await find(token)));
    },

    /** Keeps the item, once. A fault of ours on the way gives the link back. */
    async use(token: string, address: string): Promise<Result<KeepOutcome, TooManyTries>> {
      if (!mayTry(address)) return err({ code: 'keep.too-many-tries' });
      const link = isToken(token) ? await links.claim(hashOf(token), clock.now()) : null;
      if (link === null) {
        const state = stateOf(await find(token));
        // Open and yet not to be had: somebody is pressing the same button at this moment.
        return ok({ is: state.is === 'open' ? 'used' : state.is });
      }
      try {
        const outcome = await carryOut(link);
        await links.markUsed(link, outcome.is, clock.now());
        return ok(outcome);
      } catch (problem) {
        await links.release(link.tokenHash);
        throw problem;
      }
    },

    forgetOld: (): Promise<void> => links.prune(new Date(clock.now().getTime() - FORGOTTEN_AFTER_MS)),
  };
}

/** Until then an old mail says "used" or "expired" and not "unknown". */
const FORGOTTEN_AFTER_MS = 90 * 86_400_000;

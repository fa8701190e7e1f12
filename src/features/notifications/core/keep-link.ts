import type { ItemId } from '#core/ids.ts';
import type { LeavingTitle } from './event.ts';
import { addDays } from '#core/time-span.ts';
import { episodesText } from './episodes.ts';

/** After the day it may go, an item often stays a while: a cap, or enough room. So long its link still works. */
export const LINK_GRACE_DAYS = 7;

/** What the page calls it, in no language: `Dark (2017) · S02`. */
export function linkTitle({
  title,
  year,
  seasonNumber,
  episodes = [],
}: Pick<LeavingTitle, 'title' | 'year' | 'seasonNumber' | 'episodes'>): string {
  const named = year === null ? title : `${title} (${year})`;
  if (episodes.length > 0) return `${named} · ${episodesText(episodes)}`;
  return seasonNumber === null ? named : `${named} · S${String(seasonNumber).padStart(2, '0')}`;
}

/** What a link stands for. The token itself is nowhere but in the message. */
export type KeepLink = {
  tokenHash: string;
  itemId: ItemId;
  person: string;
  title: string;
  dueAt: Date;
  expiresAt: Date;
};

export const expiryOf = (dueAt: Date, now: Date): Date => addDays(dueAt > now ? dueAt : now, LINK_GRACE_DAYS);

/** The rest of the warning window, and then the days that somebody bought. */
export const keptUntil = (dueAt: Date, now: Date, keepDays: number): Date =>
  addDays(dueAt > now ? dueAt : now, keepDays);

/** `unknown` also stands for what is no token at all. Only `open` has a title: the others tell nothing. */
export type KeepState = { is: 'open'; title: string; dueAt: Date } | { is: 'used' | 'expired' | 'unknown' };

/** What pressing the button did. */
export type KeepOutcome =
  | { is: 'kept'; title: string; until: Date }
  | { is: 'asked'; title: string }
  /** It went before somebody pressed. */
  | { is: 'gone'; title: string }
  | { is: 'used' | 'expired' | 'unknown' };

/** 32 bytes in base64url: 256 bits that nobody guesses. */
export const isToken = (text: string): boolean => /^[\w-]{43}$/.test(text);

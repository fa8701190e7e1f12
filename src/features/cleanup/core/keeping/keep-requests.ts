import type { ItemId, UserId } from '#core/ids.ts';
import { err, ok, type Result } from '#core/result.ts';
import { addDays } from '#core/time-span.ts';
import type { ItemKind } from '#features/library/core/item.ts';
import type { EpisodePlace } from '../removal/title-settings.ts';
import type { Exclusion } from '../judging/verdict.ts';

export const keepWays = ['at-once', 'admin-answers'] as const;
/** What pressing "keep" does for people who are no admins. */
export type KeepWay = (typeof keepWays)[number];

/** So long an open request protects, whether somebody answers or not (decision 012). */
export const WAITS_DAYS = 14;
/** For so long after its first day, asking again for the same item gives no more days of waiting. */
export const REMEMBERED_DAYS = 90;

export const keepStates = ['waiting', 'kept', 'accepted', 'refused', 'withdrawn'] as const;
export type KeepState = (typeof keepStates)[number];

/** What the item was called when somebody asked: it may be gone when somebody answers. */
export type KeptTitle = {
  kind: ItemKind;
  title: string;
  year: number | null;
  seasonNumber: number | null;
  episodes: readonly EpisodePlace[];
};

export type KeepRequest = {
  id: string;
  itemId: ItemId;
  item: KeptTitle;
  /** One for each account; whoever presses a link has none, and is known by name. */
  personKey: string;
  byUserId: UserId;
  byName: string;
  askedAt: Date;
  /** The last day, as the person asked. */
  wantedUntil: Date;
  state: KeepState;
  /** Protected until then; null is for ever. Of a refused or withdrawn one: when that was. */
  until: Date | null;
  answer: KeepAnswer | null;
  /** What asking replaced, however many people asked since; set back when the answer is no. */
  before: Exclusion | null;
};

export type KeepAnswer = { by: string; at: Date; word: string | null };

/** Counts against the cap of a person: what an admin decided does not. */
export const isActive = (request: KeepRequest, now: Date): boolean =>
  (request.state === 'waiting' || request.state === 'kept') && request.until !== null && request.until > now;

export type AskWish = {
  itemId: ItemId;
  way: KeepWay;
  /** At most so many active at a time. */
  most: number;
  /** A link was sent to this person for this item: it always reaches somebody, so above the cap it asks. */
  byLink: boolean;
  wantedUntil: Date;
  now: Date;
};

export type AskProblem =
  | { code: 'keep.asked-already' }
  /** It was refused, or nobody answered, not long ago. */
  | { code: 'keep.asked-lately' }
  | { code: 'keep.too-many'; most: number };

/** Whether it is kept at once or waits, and until when it is protected. `mine` is everything that the person asked. */
export function askToKeep(
  mine: readonly KeepRequest[],
  { itemId, way, most, byLink, wantedUntil, now }: AskWish,
): Result<{ state: 'waiting' | 'kept'; until: Date }, AskProblem> {
  const earlier = mine.filter((one) => one.itemId === itemId && one.askedAt > addDays(now, -REMEMBERED_DAYS));
  if (earlier.some((one) => isActive(one, now))) return err({ code: 'keep.asked-already' });
  const hasRoom = mine.filter((one) => isActive(one, now)).length < most;
  if (!hasRoom && !byLink) return err({ code: 'keep.too-many', most });
  const wasRefused = earlier.some(({ state }) => state === 'refused');
  if (way === 'at-once' && hasRoom && !wasRefused) return ok({ state: 'kept', until: wantedUntil });
  const until = waitsUntil(earlier, now);
  if (!wasRefused && until > now) return ok({ state: 'waiting', until });
  // Its button says that somebody will look; they will, and nothing is protected any more.
  return byLink ? ok({ state: 'waiting', until: now }) : err({ code: 'keep.asked-lately' });
}

/** Asking, taking it back and asking again gives no more days than asking once. */
function waitsUntil(earlier: readonly KeepRequest[], now: Date): Date {
  const unanswered = earlier.filter(({ state }) => state === 'waiting' || state === 'withdrawn');
  const first = Math.min(now.getTime(), ...unanswered.map(({ askedAt }) => askedAt.getTime()));
  return addDays(new Date(first), WAITS_DAYS);
}

export type KeepAction =
  | { is: 'accept'; until: Date | null | 'as-asked'; by: string; word: string | null }
  | { is: 'refuse'; by: string; word: string | null }
  | { is: 'withdraw' };

export type AnswerProblem = { code: 'keep.answered-already' };

const next: Readonly<Record<KeepState, Partial<Record<KeepAction['is'], KeepState>>>> = {
  waiting: { accept: 'accepted', refuse: 'refused', withdraw: 'withdrawn' },
  kept: { withdraw: 'withdrawn' },
  accepted: {},
  refused: {},
  withdrawn: {},
};

/** A table: state and action make the next state. What was answered once stays so. */
export function answerRequest(
  request: KeepRequest,
  action: KeepAction,
  now: Date,
): Result<KeepRequest, AnswerProblem> {
  const state = next[request.state][action.is];
  if (state === undefined) return err({ code: 'keep.answered-already' });
  if (action.is === 'withdraw') return ok({ ...request, state, until: now });
  const answer = { by: action.by, at: now, word: action.word };
  return ok({
    ...request,
    state,
    until: action.is === 'accept' ? acceptedUntil(request, action) : now,
    answer,
  });
}

export const acceptedUntil = (
  { wantedUntil }: KeepRequest,
  { until }: Extract<KeepAction, { is: 'accept' }>,
): Date | null => (until === 'as-asked' ? wantedUntil : until);

/** Written by the same person at the same moment: nobody changed it since. */
export const isSameExclusion = (one: Exclusion | null, other: Exclusion | null): boolean =>
  one === null || other === null
    ? one === other
    : one.at.getTime() === other.at.getTime() &&
      (one.until?.getTime() ?? null) === (other.until?.getTime() ?? null) &&
      one.byUserId === other.byUserId &&
      one.note === other.note;

export const lastsUntil = (exclusion: Exclusion | null, day: Date): boolean =>
  exclusion !== null && (exclusion.until === null || exclusion.until >= day);

/** The exclusion that a request stands for while it is active. */
export const exclusionOf = (request: KeepRequest): Exclusion => ({
  itemId: request.itemId,
  until: request.until,
  note: null,
  byUserId: request.byUserId,
  byName: request.byName,
  at: request.askedAt,
  ...(request.state === 'waiting' ? { asked: true as const } : {}),
});

const isOf = (exclusion: Exclusion, request: KeepRequest): boolean =>
  exclusion.at.getTime() === request.askedAt.getTime() && exclusion.byUserId === request.byUserId;

/**
 * What keeps the item when `ended` do so no longer: somebody else who still waits, or what there was before. What
 * anybody decided since stays as it is.
 */
export function exclusionAfter(
  current: Exclusion | null,
  { ended, waiting, now }: { ended: readonly KeepRequest[]; waiting: readonly KeepRequest[]; now: Date },
): Exclusion | null {
  if (current === null || !ended.some((request) => isOf(current, request))) return current;
  const others = waiting
    .filter((one) => isActive(one, now))
    .sort((a, b) => timeOf(b.until) - timeOf(a.until));
  if (others[0]) return exclusionOf(others[0]);
  const before = ended.find((one) => one.before !== null)?.before ?? null;
  return lastsUntil(before, now) ? before : null;
}

const timeOf = (day: Date | null): number => day?.getTime() ?? Infinity;

export const keyOfName = (name: string): string => `link:${name.trim().toLowerCase()}`;

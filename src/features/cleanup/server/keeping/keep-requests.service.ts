import type { ItemId, UserId } from '#core/ids.ts';
import { err, ok, type Result } from '#core/result.ts';
import { addDays } from '#core/time-span.ts';
import { episodeOf } from '#features/library/core/item.ts';
import { keptUntil } from '#features/notifications/core/keep-link.ts';
import {
  acceptedUntil,
  answerRequest,
  askToKeep,
  exclusionAfter,
  exclusionOf,
  isSameExclusion,
  keyOfName,
  lastsUntil,
  REMEMBERED_DAYS,
  type AnswerProblem,
  type AskProblem,
  type KeepAction,
  type KeepRequest,
  type KeepWay,
  type KeptTitle,
} from '../../core/keeping/keep-requests.ts';
import type { Exclusion } from '../../core/judging/verdict.ts';
import { rememberChange } from './keep-undo.service.ts';
import type { KeepStore, KeepTools } from './keep.ports.ts';
import type { Leaving } from '../planning/planning.ports.ts';
import type { Clock, RunLog } from '../execution/runs.ports.ts';

export type KeepRequestsDeps = {
  store: KeepStore;
  leaving: () => Promise<readonly Leaving[]>;
  /** What the library calls it; null when it has gone. */
  titleOf: (id: ItemId) => Promise<KeptTitle | null>;
  settings: () => Promise<{ keepBy: KeepWay; keepMost: number }>;
  /** So many days beyond the day it would have gone. */
  keepDays: () => Promise<number>;
  changed: () => void;
  clock: Clock;
  newId: () => string;
  log: Pick<RunLog, 'info'>;
};

export type Asked = { request: KeepRequest; undoId: string };
export type AskRefused = AskProblem | { code: 'keep.not-leaving' };
export type AnswerRefused = AnswerProblem | { code: 'keep.request-not-found' };

/** Stands where the account would stand: whoever presses a link has none. */
const BY_LINK = 'keep-link' as UserId;

type Asking = {
  itemId: ItemId;
  item: KeptTitle;
  personKey: string;
  by: { id: UserId; name: string };
  until: Date;
  byLink: boolean;
};

/** People who are no admins, and what they want to keep (decision 012). */
export function createKeepRequests(deps: KeepRequestsDeps) {
  const { store, leaving, titleOf, settings, keepDays, changed, clock, newId, log } = deps;

  async function ask(wish: Asking): Promise<Result<Asked, AskProblem>> {
    const { keepBy: way, keepMost: most } = await settings();
    const now = clock.now();
    const asked = await store.inTurn(async (tools): Promise<Result<Asked, AskProblem>> => {
      const mine = await tools.requests.ofPerson(wish.personKey, new Date(0));
      const { itemId, byLink, until: wantedUntil } = wish;
      const decided = askToKeep(mine, { itemId, way, most, byLink, wantedUntil, now });
      if (!decided.ok) return decided;
      const request = await newRequest(tools, wish, { ...decided.value, id: newId(), now });
      const undoId = newId();
      const about = {
        id: undoId,
        items: [itemId],
        personKey: wish.personKey,
        requestId: request.id,
        at: now,
      };
      await rememberChange(tools, about, () => protect(tools, request, now));
      await tools.requests.save(request);
      return ok({ request, undoId });
    });
    if (asked.ok) tell('somebody asked to keep an item', asked.value.request);
    return asked;
  }

  function tell(what: string, { itemId, item, state, byName, answer, until }: KeepRequest): void {
    log.info(what, { itemId, title: item.title, state, byName, answeredBy: answer?.by ?? null, until });
    changed();
  }

  /** A show of which episodes leave is kept with all of them, beyond the last of their days. */
  async function showAmong(
    all: readonly Leaving[],
    showId: ItemId,
  ): Promise<(KeptTitle & { dueAt: Date }) | null> {
    const days = all.flatMap((one) => (episodeOf(one.itemId)?.showId === showId ? one.dueAt.getTime() : []));
    const title = days.length > 0 ? await titleOf(showId) : null;
    return title && { ...title, dueAt: new Date(Math.max(...days)) };
  }

  async function settle(id: string, action: KeepAction, mayTouch: (request: KeepRequest) => boolean) {
    const now = clock.now();
    const settled = await store.inTurn(async (tools): Promise<Result<KeepRequest, AnswerRefused>> => {
      const request = await tools.requests.find(id);
      if (request === null || !mayTouch(request)) return err({ code: 'keep.request-not-found' });
      const done = answerRequest(request, action, now);
      if (done.ok) await settleOn(tools, request, { action, now });
      return done;
    });
    if (settled.ok) tell('a wish to keep an item was settled', settled.value);
    return settled;
  }

  return {
    /** What somebody signed in asks from a page or the API. */
    async ask(itemId: ItemId, by: { id: UserId; name: string }): Promise<Result<Asked, AskRefused>> {
      const all = await leaving();
      const item = all.find((one) => one.itemId === itemId) ?? (await showAmong(all, itemId));
      if (item === null) return err({ code: 'keep.not-leaving' });
      const until = keptUntil(item.dueAt, clock.now(), await keepDays());
      return ask({ itemId, item: titleIn(item), personKey: by.id, by, until, byLink: false });
    },

    /** The port that keep links go through (C-19). It goes on even where the item no longer leaves. */
    async askByLink(wish: {
      itemId: ItemId;
      by: string;
      until: Date;
    }): Promise<Result<'kept' | 'asked', { code: 'keep.item-gone' }>> {
      const { itemId, by: name, until } = wish;
      const item = await titleOf(itemId);
      if (item === null) return err({ code: 'keep.item-gone' });
      const [kept = null] = await store.inTurn(({ exclusions }) => exclusions.of([itemId]));
      if (!kept?.asked && lastsUntil(kept, until)) return ok('kept');
      const personKey = keyOfName(name);
      const asked = await ask({ itemId, item, personKey, by: { id: BY_LINK, name }, until, byLink: true });
      if (asked.ok) return ok(asked.value.request.state === 'kept' ? 'kept' : 'asked');
      const before = (await store.ofPerson(personKey, new Date(0))).find((one) => one.itemId === itemId);
      return ok(before?.state === 'kept' ? 'kept' : 'asked');
    },

    /** Of everybody who asked for the same item: an answer is about the item. */
    async accept(
      id: string,
      { until, word, by }: { until: Date | null | 'as-asked'; word: string | null; by: { name: string } },
    ): Promise<Result<KeepRequest, AnswerRefused | { code: 'cleanup.until-is-past' }>> {
      if (until instanceof Date && until <= clock.now()) return err({ code: 'cleanup.until-is-past' });
      return settle(id, { is: 'accept', until, word, by: by.name }, () => true);
    },

    refuse: (id: string, { word, by }: { word: string | null; by: { name: string } }) =>
      settle(id, { is: 'refuse', word, by: by.name }, () => true),

    /** Only one's own. */
    withdraw: (id: string, by: { id: UserId }) =>
      settle(id, { is: 'withdraw' }, ({ personKey }) => personKey === by.id),

    waiting: () => store.waiting(),
    countWaiting: () => store.countWaiting(),
    mine: (by: { id: UserId }) => store.ofPerson(by.id, addDays(clock.now(), -REMEMBERED_DAYS)),
  };
}

export type KeepRequests = ReturnType<typeof createKeepRequests>;

export const titleIn = ({ kind, title, year, seasonNumber, episodes }: KeptTitle): KeptTitle => ({
  kind,
  title,
  year,
  seasonNumber,
  episodes: episodes.map((one) => ({ seasonNumber: one.seasonNumber, episodeNumber: one.episodeNumber })),
});

async function newRequest(
  { requests, exclusions }: KeepTools,
  { itemId, item, personKey, by, until: wantedUntil }: Asking,
  { id, state, until, now }: { id: string; state: 'waiting' | 'kept'; until: Date; now: Date },
): Promise<KeepRequest> {
  const [current = null] = await exclusions.of([itemId]);
  const others = current?.asked ? await requests.waiting(itemId) : [];
  const before = current?.asked ? (others.find((one) => one.before !== null)?.before ?? null) : current;
  const named = { byUserId: by.id, byName: by.name };
  return {
    id,
    itemId,
    item,
    personKey,
    ...named,
    askedAt: now,
    wantedUntil,
    state,
    until,
    answer: null,
    before,
  };
}

/** Never for less long than somebody else keeps it. */
async function protect({ exclusions }: KeepTools, request: KeepRequest, now: Date): Promise<void> {
  const [current = null] = await exclusions.of([request.itemId]);
  if (request.until === null || request.until <= now || lastsUntil(current, request.until)) return;
  await exclusions.save(exclusionOf(request));
}

/** Withdrawing ends one request; an answer ends those of everybody for the item. */
async function settleOn(
  tools: KeepTools,
  request: KeepRequest,
  { action, now }: { action: KeepAction; now: Date },
): Promise<void> {
  const { requests, exclusions } = tools;
  const { itemId } = request;
  const all = await requests.waiting(itemId);
  const ended = action.is === 'withdraw' ? [request] : all;
  for (const one of ended) {
    const done = answerRequest(one, action, now);
    if (done.ok) await requests.save(done.value);
  }
  const [current = null] = await exclusions.of([itemId]);
  const waiting = all.filter((one) => !ended.some(({ id }) => id === one.id));
  const after = exclusionAfter(current, { ended, waiting, now });
  const wanted = action.is === 'accept' ? acceptedOn(after, { itemId, action, request, now }) : after;
  if (isSameExclusion(current, wanted)) return;
  if (wanted === null) await exclusions.remove(itemId);
  else await exclusions.save(wanted);
}

/** In the name of who asked: whoever answered stands in the request. */
function acceptedOn(
  after: Exclusion | null,
  given: {
    itemId: ItemId;
    action: Extract<KeepAction, { is: 'accept' }>;
    request: KeepRequest;
    now: Date;
  },
): Exclusion | null {
  const { itemId, action, request, now } = given;
  const [until, note] = [acceptedUntil(request, action), action.word];
  const isKeptLonger = after !== null && (after.until === null || (until !== null && after.until >= until));
  if (isKeptLonger) return after;
  return { itemId, until, note, byUserId: request.byUserId, byName: request.byName, at: now };
}

import { DAY_MS } from '#core/time-span.ts';
import type { Item } from '#features/library/core/item.ts';
import { isSamePerson, personKey } from '#features/library/core/people.ts';
import type { Evidence } from './evidence.ts';
import type { Policy } from '../policy/policy.ts';
import type { Ruled } from './rules.ts';
import type { Step } from './verdict.ts';

/** What protects an item whatever its age, after what was looked at. A question that could not be asked is an `unknown` step. */
export function addProtections(steps: Step[], { policy, item, evidence }: Ruled): void {
  steps.push(
    byHand(item, evidence),
    byTag(policy, item),
    byContinuing(policy, item, evidence),
    byPlaying(item),
  );
  if (policy.halfWayProtects) steps.push(byHalfWay(item));
  if (policy.favouritesProtect) steps.push(byFavourite(policy, item, evidence));
  if (policy.unit !== 'film') {
    if (policy.keepsFirstSeason) steps.push(byFirstSeason(item, evidence));
    if (policy.midShowDays > 0) steps.push(byMidShow(policy, item, evidence));
  }
  if (policy.requestedWithinDays > 0) steps.push(byRequest(policy, item, evidence));
}

// Most items have nothing of the kind: they share one value each, which keeps 500 000 verdicts within a second.
const nobodyByHand: Step = { check: 'excluded-by-hand', outcome: 'go-on', by: null, until: null, note: null };
const noTag: Step = { check: 'exclusion-tags', outcome: 'go-on', matched: [] };
const isFilm: Step = { check: 'continuing-show', outcome: 'go-on', continuing: false, newestSeason: null };
const notPlaying: Step = { check: 'playing-now', outcome: 'go-on' };
const nobodyHalfWay: Step = { check: 'half-way', outcome: 'go-on', by: [] };
const nobodysFavourite: Step = { check: 'favourites', outcome: 'go-on', of: [] };

function byHand(item: Item, { exclusions }: Evidence): Step {
  const exclusion = exclusions.get(item.id);
  if (!exclusion) return nobodyByHand;
  const { byName: by, until, note, asked } = exclusion;
  return { check: 'excluded-by-hand', outcome: 'stop', by, until, note, ...(asked ? { asked } : {}) };
}

/** J-28 FIX: compared in any case, with the labels as they were read at the last sync. */
function byTag({ exclusionTags }: Policy, { tags }: Item): Step {
  if (exclusionTags.length === 0) return noTag;
  if (!tags.known) return { check: 'exclusion-tags', outcome: 'unknown', matched: [], why: tags.why };
  if (tags.value.length === 0) return noTag;
  const excluded = exclusionTags.map((tag) => tag.toLowerCase());
  const matched = tags.value.filter((tag) => excluded.includes(tag.toLowerCase()));
  return matched.length === 0 ? noTag : { check: 'exclusion-tags', outcome: 'stop', matched };
}

/** J-93 FIX: a show that goes on is never removed from Sonarr, and its newest season with files stays. */
function byContinuing({ unit }: Policy, item: Item, { shows }: Evidence): Step {
  // The last episodes of a show that goes on are kept by their own rule.
  if (unit === 'film' || unit === 'episode') return isFilm;
  const check = 'continuing-show';
  if (unit === 'show') {
    const { continuing } = item;
    return { check, outcome: continuing ? 'stop' : 'go-on', continuing, newestSeason: null };
  }
  const show = item.showId === null ? undefined : shows.get(item.showId);
  if (!show) {
    return {
      check,
      outcome: 'unknown',
      continuing: item.continuing,
      newestSeason: null,
      why: 'show-missing',
    };
  }
  const continuing = show.continuing || item.continuing;
  const isNewest = show.newestSeason === null || (item.seasonNumber ?? 0) >= show.newestSeason;
  return {
    check,
    outcome: continuing && isNewest ? 'stop' : 'go-on',
    continuing,
    newestSeason: show.newestSeason,
  };
}

function byPlaying({ playingNow }: Item): Step {
  if (!playingNow.known) return { check: 'playing-now', outcome: 'unknown', why: playingNow.why };
  return playingNow.value ? { check: 'playing-now', outcome: 'stop' } : notPlaying;
}

function byHalfWay({ watch }: Item): Step {
  if (!watch.known) return { check: 'half-way', outcome: 'unknown', by: [], why: watch.why };
  const by = watch.value.watchers.filter((watcher) => watcher.halfWay).map((watcher) => watcher.user);
  return by.length === 0 ? nobodyHalfWay : { check: 'half-way', outcome: 'stop', by };
}

/**
 * C-06: everybody's favourites, or those of chosen people; names as the media server has them, in any case. When one of
 * the chosen is nobody there any more, everybody's count: she may have another name now, and her favourites with it.
 */
function byFavourite(
  { favouriteUsers }: Policy,
  { favouriteOf }: Item,
  { mediaUsers }: Pick<Evidence, 'mediaUsers'>,
): Step {
  if (!favouriteOf.known) return { check: 'favourites', outcome: 'unknown', of: [], why: favouriteOf.why };
  if (favouriteOf.value.length === 0) return nobodysFavourite;
  const chosen = new Set(favouriteUsers.map(personKey));
  const there = new Set(mediaUsers.known ? mediaUsers.value.map(personKey) : []);
  const isAnybody = chosen.size === 0 || [...chosen].some((person) => !there.has(person));
  const of = favouriteOf.value.filter((name) => isAnybody || chosen.has(personKey(name)));
  return of.length === 0 ? nobodysFavourite : { check: 'favourites', outcome: 'stop', of };
}

function byFirstSeason(item: Item, { shows }: Evidence): Step {
  const check = 'first-season';
  const first = item.showId === null ? null : shows.get(item.showId)?.firstSeason;
  return { check, outcome: first !== undefined && first === item.seasonNumber ? 'stop' : 'go-on' };
}

/** G9: never break a show that somebody is in the middle of: what is still before them stays. */
function byMidShow({ unit, midShowDays: withinDays }: Policy, item: Item, { shows }: Evidence): Step {
  const check = 'mid-show';
  const none = { by: [], nextSeason: null, withinDays };
  const show = shows.get(item.showId ?? item.id);
  if (!show) return { check, outcome: 'unknown', ...none, why: 'show-missing' };
  const season = unit === 'show' ? Infinity : (item.seasonNumber ?? 0);
  const before = show.midway.filter(({ user, nextSeason }) =>
    nextSeason === season ? !hasFinished(item, user) : nextSeason < season,
  );
  if (before.length > 0) {
    const nextSeason = Math.min(...before.map((one) => one.nextSeason));
    return { check, outcome: 'stop', by: before.map(({ user }) => user), nextSeason, withinDays };
  }
  const { unknownFrom } = show;
  if (unknownFrom === null || unknownFrom.season > season) return { check, outcome: 'go-on', ...none };
  return { check, outcome: 'unknown', ...none, why: unknownFrom.why };
}

/** Of one episode only: who goes on with a season has not finished it as a whole. */
const hasFinished = ({ kind, watch }: Item, user: string): boolean =>
  kind === 'episode' &&
  watch.known &&
  watch.value.watchers.some((watcher) => isSamePerson(watcher.user, user) && watcher.finished);

function byRequest({ requestedWithinDays: withinDays }: Policy, { requests }: Item, { now }: Evidence): Step {
  const check = 'requested';
  if (!requests.known) return { check, outcome: 'unknown', by: [], at: null, withinDays, why: requests.why };
  const since = now.getTime() - withinDays * DAY_MS;
  const recent = requests.value.filter(({ at }) => at.getTime() > since);
  const [first, ...rest] = recent;
  if (first === undefined) return { check, outcome: 'go-on', by: [], at: null, withinDays };
  const newest = rest.reduce((a, b) => (b.at > a.at ? b : a), first);
  return { check, outcome: 'stop', by: recent.map(({ by }) => by), at: newest.at, withinDays };
}

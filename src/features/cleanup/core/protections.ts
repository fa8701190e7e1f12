import type { Item } from '#features/library/core/item.ts';
import type { Evidence } from './evidence.ts';
import type { Policy } from './policy.ts';
import type { Step } from './verdict.ts';

/** What protects an item whatever its age. Each question that could not be asked is an `unknown` step. */
export function protectionSteps(policy: Policy, item: Item, evidence: Evidence): Step[] {
  const steps = [
    byHand(item, evidence),
    byTag(policy, item),
    byContinuing(policy, item, evidence),
    byPlaying(item),
  ];
  if (policy.halfWayProtects) steps.push(byHalfWay(item));
  if (policy.favouritesProtect) steps.push(byFavourite(item));
  return steps;
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
  const { byName: by, until, note } = exclusion;
  return { check: 'excluded-by-hand', outcome: 'stop', by, until, note };
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
  if (unit === 'film') return isFilm;
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

function byFavourite({ favouriteOf }: Item): Step {
  if (!favouriteOf.known) return { check: 'favourites', outcome: 'unknown', of: [], why: favouriteOf.why };
  return favouriteOf.value.length === 0
    ? nobodysFavourite
    : { check: 'favourites', outcome: 'stop', of: favouriteOf.value };
}

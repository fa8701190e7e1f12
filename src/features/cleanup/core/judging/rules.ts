import { DAY_MS } from '#core/time-span.ts';
import type { Item } from '#features/library/core/item.ts';
import { personKey } from '#features/library/core/people.ts';
import { ageOf, importOf, type Age } from './age.ts';
import { comingFree, type DiskState, type Evidence } from './evidence.ts';
import type {
  DiskPressureRule,
  EpisodesRule,
  Policy,
  TagAge,
  TagRule,
  WatchedRule,
} from '../policy/policy.ts';
import type { Step } from './verdict.ts';

/** Old enough `maxAgeDays` after `countsFrom`. */
export type Limit = { countsFrom: Date; maxAgeDays: number };

export type Ruled = { policy: Policy; item: Item; evidence: Evidence };

/**
 * What a rule says of one item: the links it adds to the chain, and from when on the item is old enough. Null: it stays,
 * for now or for good, or something could not be asked; the outcomes of the steps tell which.
 */
export function addRuling(steps: Step[], { policy, item, evidence }: Ruled): Limit | null {
  switch (policy.kind) {
    case 'disk-pressure':
      return byDisk(steps, policy, { item, evidence });
    case 'tag':
      return byTag(steps, policy, { item, evidence });
    case 'watched':
      return byWatching(steps, policy, { item, evidence });
    case 'episodes':
      return byPlace(steps, policy, { item, evidence });
    default:
      return policy satisfies never;
  }
}

type Looked = Pick<Ruled, 'item' | 'evidence'>;

function byDisk(steps: Step[], rule: DiskPressureRule, { item, evidence }: Looked): Limit | null {
  const age = ageOf(item, rule.ageBasis);
  const disk = diskOf(item, evidence);
  steps.push(ageStep(age, evidence.now), disk?.step ?? noDisk(item));
  return age.known && disk?.tier ? { countsFrom: age.countsFrom, maxAgeDays: disk.tier.maxAgeDays } : null;
}

/** The tag among those on the item that keeps it longest; null when it carries none of them (J-64 FIX). */
export function longestTag(
  { tags }: TagRule,
  item: Item,
): { ruling: TagAge; matched: readonly TagAge[] } | null {
  if (!item.tags.known) return null;
  const own = new Set(item.tags.value.map((tag) => tag.toLowerCase()));
  const matched = tags.filter(({ tag }) => own.has(tag.toLowerCase()));
  const [first, ...rest] = matched;
  if (first === undefined) return null;
  return { ruling: rest.reduce((a, b) => (b.maxAgeDays > a.maxAgeDays ? b : a), first), matched };
}

/** J-60, and J-61 FIX: the age is that of the file, but nobody is surprised, because the warning starts with the tag. */
function byTag(steps: Step[], rule: TagRule, { item, evidence }: Looked): Limit | null {
  const found = longestTag(rule, item);
  if (found === null) return null;
  const { ruling, matched } = found;
  const age = ageOf(item, rule.ageBasis);
  const gate = gateStep(item, diskOf(item, evidence), ruling.freeBelowPercent);
  const step: Step = {
    check: 'tag-age',
    outcome: 'go-on',
    tags: matched.map(({ tag }) => tag),
    ruling: ruling.tag,
    maxAgeDays: ruling.maxAgeDays,
  };
  steps.push(step, ageStep(age, evidence.now), gate);
  const isOpen = age.known && gate.outcome === 'go-on';
  return isOpen ? { countsFrom: age.countsFrom, maxAgeDays: ruling.maxAgeDays } : null;
}

function byWatching(steps: Step[], rule: WatchedRule, { item, evidence }: Looked): Limit | null {
  const age = ageOf(item, rule.ageBasis);
  const audience = audienceStep(rule, item, evidence);
  const gate = gateStep(item, diskOf(item, evidence), rule.freeBelowPercent);
  steps.push(ageStep(age, evidence.now), audience, gate);
  const { maxAgeDays } = audience;
  const goesOn = age.known && audience.outcome === 'go-on' && gate.outcome === 'go-on';
  return goesOn && maxAgeDays !== null ? { countsFrom: age.countsFrom, maxAgeDays } : null;
}

type WatchedStep = Extract<Step, { check: 'watched-by' }>;

function audienceStep(rule: WatchedRule, item: Item, { mediaUsers }: Evidence): WatchedStep {
  const { seenBy } = rule;
  const base = { check: 'watched-by', seenBy, seen: [], waitingFor: [], maxAgeDays: null } as const;
  if (!item.watch.known) return { ...base, outcome: 'unknown', why: item.watch.why };
  const { watchers } = item.watch.value;
  if (watchers.length === 0) {
    const outcome = rule.neverWatchedDays === null ? 'stop' : 'go-on';
    return { ...base, outcome, maxAgeDays: rule.neverWatchedDays };
  }
  const seen = watchers.filter(({ finished }) => finished).map(({ user }) => user);
  const needed = audienceOf(seenBy, item, { watchers: watchers.map(({ user }) => user), mediaUsers });
  if (!needed.known) return { ...base, outcome: 'unknown', seen, why: needed.why };
  const finished = new Set(seen.map(personKey));
  const waitingFor = needed.names.filter((name) => !finished.has(personKey(name)));
  const isSeen = needed.names.length > 0 && waitingFor.length === 0;
  return isSeen
    ? { ...base, outcome: 'go-on', seen, maxAgeDays: rule.watchedDays }
    : { ...base, outcome: 'stop', seen, waitingFor };
}

type Needed = { known: true; names: readonly string[] } | { known: false; why: string };

function audienceOf(
  seenBy: WatchedRule['seenBy'],
  { requests }: Item,
  { watchers, mediaUsers }: { watchers: readonly string[]; mediaUsers: Evidence['mediaUsers'] },
): Needed {
  if (seenBy === 'starters') return { known: true, names: watchers };
  if (seenBy === 'everybody') {
    return mediaUsers.known ? { known: true, names: mediaUsers.value } : mediaUsers;
  }
  if (!requests.known) return requests;
  const names = requests.value.map(({ mediaUser }) => mediaUser);
  // Who asked but cannot be found in the media server may not have seen it.
  if (names.includes(null)) return { known: false, why: 'requester-not-in-media-server' };
  return { known: true, names: names.filter((name) => name !== null) };
}

/** J-74 FIX: days count from the newest import, so a re-download is young again. Nobody's watching is asked here. */
function byPlace(steps: Step[], rule: EpisodesRule, { item, evidence }: Looked): Limit | null {
  const imported = importOf(item, 'newest-import');
  const age: Age = imported.known
    ? { known: true, countsFrom: imported.at, importedAt: imported.at, lastWatchedAt: null }
    : { known: false, why: imported.why, importedAt: null, lastWatchedAt: null };
  const place = evidence.places.get(item.id) ?? 1;
  const because = keptBecause(rule, item, { place, age, evidence });
  const { keepLast, keepDays } = rule;
  const outcome = because === null ? 'go-on' : 'stop';
  const gate = gateStep(item, diskOf(item, evidence), rule.freeBelowPercent);
  const window: Step = { check: 'episode-window', outcome, place, keepLast, keepDays, because };
  steps.push(ageStep(age, evidence.now), window, gate);
  const goesOn = age.known && gate.outcome === 'go-on' && (because === null || because === 'days');
  return goesOn ? { countsFrom: age.countsFrom, maxAgeDays: keepDays ?? 0 } : null;
}

function keptBecause(
  { keepLast, keepDays, olderSeasons }: EpisodesRule,
  item: Item,
  { place, age, evidence }: { place: number; age: Age; evidence: Evidence },
): 'last' | 'days' | 'older-season' | null {
  if (!olderSeasons && isOlderSeason(item, evidence)) return 'older-season';
  if (keepLast !== null && place <= keepLast) return 'last';
  if (keepDays === null || !age.known) return null;
  return age.countsFrom.getTime() + keepDays * DAY_MS < evidence.now.getTime() ? null : 'days';
}

function isOlderSeason({ showId, seasonNumber }: Item, { shows }: Evidence): boolean {
  const newest = showId === null ? null : shows.get(showId)?.newestSeason;
  const season = seasonNumber ?? 0;
  return season > 0 && season < (newest ?? 0);
}

/** Rules without tiers have one gate: they go on while the disk has less than that free; without a gate always. */
function gateStep(item: Item, disk: DiskState | undefined, belowPercent: number | null): Step {
  if (!disk) return noDisk(item);
  const { path: diskPath, free } = disk;
  const base = { check: 'free-space', diskPath, maxAgeDays: null, belowPercent } as const;
  if (!free.known) return { ...base, outcome: 'unknown', freePercent: null, why: free.why };
  const isOpen = belowPercent === null || free.value < belowPercent;
  return { ...base, outcome: isOpen ? 'go-on' : 'stop', freePercent: free.value, ...comingFree(disk) };
}

const diskOf = ({ diskId }: Item, { disks }: Evidence): DiskState | undefined =>
  diskId === null ? undefined : disks.get(diskId);

function ageStep(age: Age, now: Date): Step {
  const check = 'age';
  const { importedAt, lastWatchedAt } = age;
  if (!age.known) {
    const { why } = age;
    return { check, outcome: 'unknown', importedAt, lastWatchedAt, countsFrom: null, ageDays: null, why };
  }
  const { countsFrom } = age;
  const ageDays = Math.floor((now.getTime() - countsFrom.getTime()) / DAY_MS);
  return { check, outcome: 'go-on', importedAt, lastWatchedAt, countsFrom, ageDays };
}

function noDisk({ diskId }: Item): Step {
  const why = diskId === null ? 'disk-not-known' : 'disk-missing';
  return {
    check: 'free-space',
    outcome: 'unknown',
    diskPath: null,
    freePercent: null,
    maxAgeDays: null,
    why,
  };
}

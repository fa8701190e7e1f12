import { defaultCaps, noTorrents, type PolicyDraft, type PolicyKind, type PolicyRule } from './policy.ts';

/** What holds for the whole clean-up, as a new policy starts with it. */
type Usual = Pick<PolicyDraft, 'timeZone' | 'exclusionTags' | 'leavingSoonDays'>;

/** A week of warnings for a daily series would be a week of episodes more on the disk. */
const MOST_WARNING_OF_EPISODES = 3;

/** What the form of a new policy shows: a careful start, late, long unseen, little at once. */
export function firstDraft(kind: PolicyKind, usual: Usual): PolicyDraft {
  const base = {
    ...usual,
    name: '',
    cron: '0 4 * * *',
    connectionIds: [],
    diskIds: [],
    caps: defaultCaps,
    shows: 'any',
    keepsFirstSeason: false,
    midShowDays: 60,
    requestedWithinDays: 30,
    favouritesProtect: true,
    favouriteUsers: [],
    halfWayProtects: true,
    addImportExclusion: false,
    removeRequests: true,
    needsApproval: false,
    torrents: noTorrents,
  } as const;
  const rule = firstRule(kind);
  switch (rule.kind) {
    case 'disk-pressure':
      return {
        ...base,
        ...rule,
        unit: 'film',
        order: 'longest-unwatched',
        target: { unit: 'percent', value: 20 },
      };
    case 'episodes': {
      const leavingSoonDays = Math.min(usual.leavingSoonDays, MOST_WARNING_OF_EPISODES);
      return { ...base, ...rule, unit: 'episode', order: 'oldest', target: null, leavingSoonDays };
    }
    default:
      return { ...base, ...rule, unit: 'film', order: 'longest-unwatched', target: null };
  }
}

function firstRule(kind: PolicyKind): PolicyRule {
  const ageBasis = 'newest-import';
  const freeBelowPercent = null;
  switch (kind) {
    case 'disk-pressure': {
      const tiers = [
        { freeBelowPercent: 20, maxAgeDays: 365 },
        { freeBelowPercent: 10, maxAgeDays: 180 },
      ];
      return { kind, tiers, ageBasis };
    }
    case 'tag':
      return { kind, tags: [], ageBasis };
    case 'watched':
      return {
        kind,
        seenBy: 'starters',
        watchedDays: 30,
        neverWatchedDays: null,
        freeBelowPercent,
        ageBasis,
      };
    case 'episodes': {
      const shows = { showTags: [], showIds: [] };
      const windows = { keepLast: 10, keepDays: null, olderSeasons: false, specials: false };
      return { kind, ...shows, ...windows, freeBelowPercent };
    }
    default:
      return kind satisfies never;
  }
}

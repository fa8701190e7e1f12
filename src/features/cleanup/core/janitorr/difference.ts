import type { Item } from '#features/library/core/item.ts';
import type { PlanEntry } from '../plan/plan.ts';
import type { Step } from '../judging/verdict.ts';
import type { JanitorrDecision } from './decision.ts';
import type { DraftKey } from './drafts.ts';

/** Why two programs with the same wishes come to different ends. Each has a sentence for people. */
export const differenceCodes = [
  /** J-61 FIX: whoever finds something too old announces it for the full window first. */
  'warning-not-served',
  /** J-49 FIX: a run stops when the disk has room. */
  'target-reached',
  'cap',
  /** J-33, J-38 FIX. */
  'unknown-blocks',
  /** J-120 FIX. */
  'favourite-lookup',
  'favourite',
  'excluded-by-hand',
  /** J-28 FIX. */
  'excluded-any-case',
  /** J-93 FIX. */
  'newest-season-stays',
  'specials-stay',
  'playing-now',
  'half-way',
  'other-protection',
  /** J-31 FIX: the media server itself tells of watching. */
  'watch-not-seen',
  'import-date-differs',
  /** J-40: one folder there, each disk here. */
  'own-disk',
  /** J-45 FIX. */
  'only-what-goes-is-announced',
  /** J-46, J-48 FIX. */
  'exact-window',
  /** J-64 FIX. */
  'tag-policy-claims',
  'longest-tag-rules',
  /** J-74, J-76 FIX. */
  'episode-window',
  /** J-47 FIX. */
  'guard-stopped',
  /** J-21: the date of the file is enough here. */
  'no-import-event',
  'other-instance',
  /** J-75 FIX. */
  'run-broke-off',
  'policy-unusable',
  'rules-differ',
] as const;
export type DifferenceCode = (typeof differenceCodes)[number];

/** What a policy of the file says here of one item. */
export type OurWord = { key: DraftKey; entry: PlanEntry };

/** What matters to whoever owns the film: gone, announced, or neither. */
export type End = 'goes' | 'announced' | 'stays';

export type Differing = {
  item: Item;
  janitorr: JanitorrDecision;
  word: OurWord | null;
  ends: { janitorr: End; ours: End };
  unusable: readonly DraftKey[];
  /** Another policy of the file speaks for it. */
  isClaimed: boolean;
};

export function reasonOf(differing: Differing): DifferenceCode {
  const { ends, word } = differing;
  if (ends.ours === 'stays') return word === null ? whyNotLookedAt(differing) : whyItStays(differing, word);
  if (ends.janitorr === 'stays') return whyJanitorrKeeps(differing);
  // One of the two announces what the other removes.
  return ends.ours === 'announced' ? 'warning-not-served' : 'exact-window';
}

function whyNotLookedAt({ item, unusable, janitorr, isClaimed }: Differing): DifferenceCode {
  if (item.kind === 'season' && item.seasonNumber === 0) return 'specials-stay';
  if (isClaimed) return 'tag-policy-claims';
  const about = draftsFor(item, janitorr);
  return unusable.some((key) => about.includes(key)) ? 'policy-unusable' : 'rules-differ';
}

function draftsFor({ kind }: Item, { tag }: JanitorrDecision): readonly DraftKey[] {
  if (kind === 'episode') return ['episodes'];
  if (kind === 'film') return tag === null ? ['films', 'film-tags'] : ['film-tags'];
  return tag === null ? ['shows', 'show-tags'] : ['show-tags'];
}

function whyItStays(differing: Differing, { entry }: OurWord): DifferenceCode {
  const { fate, verdict } = entry;
  if (differing.ends.janitorr === 'announced' && (fate.is === 'held-back' || fate.is === 'eligible'))
    return 'only-what-goes-is-announced';
  if (fate.is === 'held-back') return fate.by === 'target' ? 'target-reached' : 'cap';
  if (fate.is === 'eligible') return 'target-reached';
  if (fate.is === 'unknown') return unknownIn(verdict.steps);
  if (fate.is === 'protected') return protectedBy(verdict.steps);
  return whyItIsKept(differing, verdict.steps);
}

const unknownIn = (steps: readonly Step[]): DifferenceCode => {
  const unknown = steps.filter((step) => step.outcome === 'unknown').map((step) => step.check);
  return unknown.length > 0 && unknown.every((check) => check === 'favourites')
    ? 'favourite-lookup'
    : 'unknown-blocks';
};

const protections: Readonly<Partial<Record<string, DifferenceCode>>> = {
  'excluded-by-hand': 'excluded-by-hand',
  'exclusion-tags': 'excluded-any-case',
  'continuing-show': 'newest-season-stays',
  'playing-now': 'playing-now',
  'half-way': 'half-way',
  favourites: 'favourite',
};

const protectedBy = (steps: readonly Step[]): DifferenceCode => {
  const by = steps.find((step) => step.outcome === 'stop' && protections[step.check] !== undefined);
  return (by && protections[by.check]) ?? 'other-protection';
};

/** Not old enough here, or its disk has room. */
function whyItIsKept({ item, janitorr, word, ends }: Differing, steps: readonly Step[]): DifferenceCode {
  if (item.kind === 'episode') return 'episode-window';
  const isTagged = word?.key === 'film-tags' || word?.key === 'show-tags';
  if (isTagged) return janitorr.tag === null ? 'tag-policy-claims' : 'longest-tag-rules';
  const disk = steps.find((step) => step.check === 'free-space');
  if (disk?.outcome === 'stop')
    return ends.janitorr === 'announced' ? 'only-what-goes-is-announced' : 'own-disk';
  return datesDiffer(janitorr, steps) ?? (ends.janitorr === 'announced' ? 'exact-window' : 'own-disk');
}

function datesDiffer(
  { importedAt, lastSeenAt }: JanitorrDecision,
  steps: readonly Step[],
): DifferenceCode | null {
  const age = steps.find((step) => step.check === 'age');
  if (!age) return null;
  const same = (a: Date | null, b: Date | null) => a?.getTime() === b?.getTime();
  if (
    age.lastWatchedAt !== null &&
    !same(age.lastWatchedAt, lastSeenAt) &&
    same(age.countsFrom, age.lastWatchedAt)
  )
    return 'watch-not-seen';
  return same(age.importedAt, importedAt) ? null : 'import-date-differs';
}

const janitorrKeeps: Readonly<Partial<Record<JanitorrDecision['why'], DifferenceCode>>> = {
  guard: 'guard-stopped',
  'no-import': 'no-import-event',
  'other-instance': 'other-instance',
  crash: 'run-broke-off',
  room: 'own-disk',
  'schedules-off': 'rules-differ',
};

function whyJanitorrKeeps({ item, janitorr, word, ends }: Differing): DifferenceCode {
  const known = janitorrKeeps[janitorr.why];
  if (known) return known;
  if (item.kind === 'episode') return 'episode-window';
  if (janitorr.why !== 'young' || !word) return 'rules-differ';
  return (
    datesDiffer(janitorr, word.entry.verdict.steps) ??
    (ends.ours === 'announced' ? 'exact-window' : 'own-disk')
  );
}

import type { ItemId } from '#core/ids.ts';
import type { Item, ItemKind } from '#features/library/core/item.ts';
import { claimOn, type Claim } from '../judging/claims.ts';
import type { PlanEntry } from '../plan/plan.ts';
import type { JanitorrDecision, JanitorrDoes } from './decision.ts';
import { reasonOf, type DifferenceCode, type Differing, type End, type OurWord } from './difference.ts';
import type { DraftKey } from './drafts.ts';

/** `none`: no imported policy looks at it. */
export type OurFate = PlanEntry['fate']['is'] | 'none';

export type ComparedItem = {
  itemId: ItemId;
  kind: ItemKind;
  title: string;
  year: number | null;
  seasonNumber: number | null;
  /** Of an episode file, the numbers it holds. */
  episodeNumbers: readonly number[];
  sizeBytes: number | null;
  janitorr: JanitorrDecision;
  ours: { fate: OurFate; word: OurWord | null };
  /** Null where both come to the same end. */
  difference: DifferenceCode | null;
};

export type Amount = { items: number; bytes: number };

export type DifferenceTotal = Amount & {
  code: DifferenceCode;
  /** Of these, those that one of the two would remove and the other would not. */
  removals: Amount;
};

export type Comparison = {
  items: readonly ComparedItem[];
  janitorr: Readonly<Record<JanitorrDoes, Amount>>;
  ours: Readonly<Record<OurFate, Amount>>;
  bothRemove: Amount;
  onlyJanitorrRemoves: Amount;
  onlyWeRemove: Amount;
  /** Most bytes first. */
  differences: readonly DifferenceTotal[];
};

export type CompareInput = {
  decisions: ReadonlyMap<ItemId, JanitorrDecision>;
  plans: readonly { key: DraftKey; entries: readonly PlanEntry[] }[];
  /** Policies of the file that cannot be planned as they stand. */
  unusable: readonly DraftKey[];
  items: readonly Item[];
  /** What the tag and episode policies of the file speak for. */
  claims: readonly Claim[];
};

/** Puts what Janitorr would do beside what we would do, item by item, with the reason where they differ. */
export function compare({ decisions, plans, unusable, items, claims }: CompareInput): Comparison {
  const words = wordsOf(plans);
  const compared = items.flatMap((item) => {
    const janitorr = decisions.get(item.id);
    return janitorr
      ? [compareOne(item, { janitorr, word: words.get(item.id) ?? null, unusable, claims })]
      : [];
  });
  return { items: compared.sort(byWeight), ...totalsOf(compared) };
}

/** The strongest word of all policies: whichever removes an item has its way. */
const strength: Readonly<Record<OurFate, number>> = {
  remove: 7,
  'leaving-soon': 6,
  'held-back': 5,
  eligible: 4,
  protected: 3,
  unknown: 2,
  kept: 1,
  none: 0,
};

function wordsOf(plans: CompareInput['plans']): ReadonlyMap<ItemId, OurWord> {
  const words = new Map<ItemId, OurWord>();
  for (const { key, entries } of plans) {
    for (const entry of entries) {
      const before = words.get(entry.itemId);
      if (!before || strength[entry.fate.is] > strength[before.entry.fate.is])
        words.set(entry.itemId, { key, entry });
    }
  }
  return words;
}

const endOfJanitorr = ({ does }: JanitorrDecision): End =>
  does === 'delete' ? 'goes' : does === 'leaving-soon' ? 'announced' : 'stays';

const endOfOurs = (fate: OurFate): End =>
  fate === 'remove' ? 'goes' : fate === 'leaving-soon' ? 'announced' : 'stays';

function compareOne(
  item: Item,
  {
    janitorr,
    word,
    unusable,
    claims,
  }: Pick<Differing, 'janitorr' | 'word' | 'unusable'> & { claims: readonly Claim[] },
): ComparedItem {
  const { id: itemId, kind, title, year, seasonNumber, sizeBytes, episodes } = item;
  const fate = word?.entry.fate.is ?? 'none';
  const ends = { janitorr: endOfJanitorr(janitorr), ours: endOfOurs(fate) };
  return {
    itemId,
    kind,
    title,
    year,
    seasonNumber,
    episodeNumbers: episodes.map(({ episodeNumber }) => episodeNumber),
    sizeBytes: sizeBytes.known ? sizeBytes.value : null,
    janitorr,
    ours: { fate, word },
    difference:
      ends.janitorr === ends.ours
        ? null
        : reasonOf({
            item,
            janitorr,
            word,
            ends,
            unusable,
            isClaimed: claimOn(item, claims, null).is === 'claimed',
          }),
  };
}

const byWeight = (a: ComparedItem, b: ComparedItem): number =>
  (b.sizeBytes ?? 0) - (a.sizeBytes ?? 0) || (a.itemId < b.itemId ? -1 : 1);

const nothing: Amount = { items: 0, bytes: 0 };
const sum = (items: readonly ComparedItem[]): Amount =>
  items.reduce(
    ({ items: count, bytes }, { sizeBytes }) => ({ items: count + 1, bytes: bytes + (sizeBytes ?? 0) }),
    nothing,
  );

function totalsOf(items: readonly ComparedItem[]): Omit<Comparison, 'items'> {
  const does = Map.groupBy(items, ({ janitorr }) => janitorr.does);
  const fates = Map.groupBy(items, ({ ours }) => ours.fate);
  const differ = Map.groupBy(
    items.filter(({ difference }) => difference !== null),
    ({ difference }) => difference as DifferenceCode,
  );
  const janitorrTakes = (one: ComparedItem) => one.janitorr.does === 'delete';
  const weTake = (one: ComparedItem) => one.ours.fate === 'remove';
  const janitorr = (one: JanitorrDoes) => sum(does.get(one) ?? []);
  return {
    janitorr: {
      delete: janitorr('delete'),
      'leaving-soon': janitorr('leaving-soon'),
      keep: janitorr('keep'),
      invisible: janitorr('invisible'),
    },
    ours: Object.fromEntries(
      Object.keys(strength).map((fate) => [fate, sum(fates.get(fate as OurFate) ?? [])]),
    ) as Record<OurFate, Amount>,
    bothRemove: sum(items.filter((one) => janitorrTakes(one) && weTake(one))),
    onlyJanitorrRemoves: sum(items.filter((one) => janitorrTakes(one) && !weTake(one))),
    onlyWeRemove: sum(items.filter((one) => !janitorrTakes(one) && weTake(one))),
    differences: [...differ]
      .map(([code, own]) => ({
        code,
        ...sum(own),
        removals: sum(own.filter((one) => janitorrTakes(one) !== weTake(one))),
      }))
      .sort((a, b) => b.bytes - a.bytes || (a.code < b.code ? -1 : 1)),
  };
}

import type { ItemId } from '#core/ids.ts';
import { err, ok, type Result } from '#core/result.ts';
import type { Item } from '#features/library/core/item.ts';
import { followClaims, isEndedClaim, type EndedClaim } from '../../core/judging/claim-records.ts';
import { claimsOf, type Claim } from '../../core/judging/claims.ts';
import { tallyOf, type EpisodeTally } from '../../core/judging/episode-tally.ts';
import { gatherEvidence } from '../../core/judging/evidence.ts';
import { judge } from '../../core/judging/judge.ts';
import type { LeavingItem } from '../../core/leaving-soon/leaving-soon.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Exclusion, Verdict } from '../../core/judging/verdict.ts';
import { countedMarks } from '../planning/planner.ts';
import type {
  ClaimRecordStore,
  ExclusionStore,
  Leaving,
  MediaQuery,
  MediaStore,
  PlanningLibrary,
  PolicyStore,
  VerdictStore,
} from '../planning/planning.ports.ts';
import type { Clock } from '../execution/runs.ports.ts';

export type ItemsDeps = {
  policies: Pick<PolicyStore, 'list'>;
  verdicts: VerdictStore;
  exclusions: ExclusionStore;
  claimRecords: Pick<ClaimRecordStore, 'list'>;
  media: MediaStore;
  library: Pick<PlanningLibrary, 'family' | 'episodes' | 'disks' | 'mediaUsers'>;
  clock: Clock;
  /** Somebody looks at a page that shows this. */
  changed: () => void;
};

export type ItemNotFound = { code: 'cleanup.item-not-found' };

/** What one policy says of one item; of a show or season, an episode policy also of its episodes. */
export type Why = { policy: Policy; verdict: Verdict; episodes: EpisodeTally | null };

export function createItemsService(deps: ItemsDeps) {
  const { policies, verdicts, exclusions, claimRecords, media, library, clock } = deps;
  const familyOf = familyReader(library);

  /** Those of a show or season, when a policy speaks of them. */
  async function episodesBelow({ kind, id, showId }: Item, all: readonly Policy[]): Promise<Item[]> {
    const isAbove = kind === 'show' || kind === 'season';
    if (!isAbove || !all.some((policy) => policy.kind === 'episodes')) return [];
    return library.episodes({ ids: [showId ?? id], tags: [] });
  }

  /** As the next plan will see it; nothing is written down for who only looks. */
  async function endedOn(items: readonly Item[], claims: readonly Claim[], now: Date): Promise<EndedClaim[]> {
    const ids = new Set(items.map(({ id }) => id));
    const records = (await claimRecords.list()).filter(({ itemId }) => ids.has(itemId));
    return followClaims(records, { items, claims, now, pauseMs: 0 }).filter(isEndedClaim);
  }

  return {
    /** C-18: the same function as in every plan, asked for one item, with its whole chain. */
    async why(id: ItemId): Promise<Result<Why[], ItemNotFound>> {
      const found = await familyOf(id);
      if (!found.ok) return found;
      const { item } = found.value;
      const all = await policies.list();
      const family = [...found.value.family, ...(await episodesBelow(item, all))];
      const ids = family.map((one) => one.id);
      const [disks, mediaUsers, excluded] = await Promise.all([
        library.disks(),
        library.mediaUsers(),
        exclusions.of(ids),
      ]);
      const now = clock.now();
      const claims = claimsOf(all);
      const endedClaims = await endedOn(family, claims, now);
      const given = { items: family, disks, mediaUsers, exclusions: excluded, claims, endedClaims };
      return ok(
        await Promise.all(
          all.map(async (policy) => {
            const markedSince = countedMarks(policy, await verdicts.markedSinceOf(policy.id, ids));
            const evidence = gatherEvidence(policy, { ...given, markedSince, now });
            const episodes = tallyOf(policy, item, { family, evidence });
            return { policy, verdict: judge(policy, item, evidence), episodes };
          }),
        ),
      );
    },

    ...keepingByHand(deps),

    /** Soonest first, of every policy that is switched on. */
    leaving: (): Promise<Leaving[]> => verdicts.leaving(clock.now()),

    /** For the collections in the media server: only armed policies make promises there. */
    leavingForReal: async (): Promise<LeavingItem[]> =>
      (await verdicts.leaving(clock.now())).filter(({ armed }) => armed),

    searchMedia: (query: MediaQuery) => media.search(query, clock.now()),
    mediaChoices: () => media.choices(),
    mediaStatus: (id: ItemId) => media.status(id, clock.now()),
  };
}

function keepingByHand({ exclusions, library, clock, changed }: ItemsDeps) {
  const familyOf = familyReader(library);

  return {
    /** C-06: kept by hand, for ever when `until` is null. */
    async exclude(
      itemId: ItemId,
      wish: { until: Date | null; note: string | null; by: { id: Exclusion['byUserId']; name: string } },
    ): Promise<Result<Exclusion, ItemNotFound | { code: 'cleanup.until-is-past' }>> {
      const { until, note, by } = wish;
      const now = clock.now();
      if (until !== null && until <= now) return err({ code: 'cleanup.until-is-past' });
      const found = await familyOf(itemId);
      if (!found.ok) return found;
      const exclusion: Exclusion = { itemId, until, note, byUserId: by.id, byName: by.name, at: now };
      await exclusions.save(exclusion);
      changed();
      return ok(exclusion);
    },

    async include(itemId: ItemId): Promise<Result<void, { code: 'cleanup.not-excluded' }>> {
      if (!(await exclusions.remove(itemId))) return err({ code: 'cleanup.not-excluded' });
      changed();
      return ok(undefined);
    },

    /** Exclusions that hold now on any of these: the last look before something is deleted (T-70). */
    async isExcluded(itemIds: readonly ItemId[]): Promise<boolean> {
      const now = clock.now();
      return (await exclusions.of(itemIds)).some(({ until }) => until === null || until > now);
    },

    exclusionsOf: (itemIds: readonly ItemId[]): Promise<Exclusion[]> => exclusions.of(itemIds),
  };
}

const familyReader =
  (library: Pick<PlanningLibrary, 'family'>) =>
  async (id: ItemId): Promise<Result<{ item: Item; family: Item[] }, ItemNotFound>> => {
    const family = await library.family(id);
    const item = family.find((one) => one.id === id);
    return item ? ok({ item, family }) : err({ code: 'cleanup.item-not-found' });
  };

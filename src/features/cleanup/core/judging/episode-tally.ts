import type { Item } from '#features/library/core/item.ts';
import type { Evidence } from './evidence.ts';
import { judge } from './judge.ts';
import type { Policy } from '../policy/policy.ts';

/** What becomes of the episode files of a show or season. `stays` has those that could not be judged too. */
export type EpisodeTally = { goes: number; leavesSoon: number; stays: number };

/** For the page of a show or season; null where the policy has nothing to say of its episodes. */
export function tallyOf(
  policy: Policy,
  { id, kind, seasonNumber }: Item,
  { family, evidence }: { family: readonly Item[]; evidence: Evidence },
): EpisodeTally | null {
  if (policy.kind !== 'episodes' || (kind !== 'show' && kind !== 'season')) return null;
  const below = family.filter(
    (one) => one.kind === 'episode' && (one.showId === id || one.seasonNumber === seasonNumber),
  );
  const standings = below
    .map((one) => judge(policy, one, evidence).standing)
    .filter((standing) => standing !== 'out-of-scope');
  if (standings.length === 0) return null;
  const goes = standings.filter((standing) => standing === 'due').length;
  const leavesSoon = standings.filter((standing) => standing === 'leaving-soon').length;
  return { goes, leavesSoon, stays: standings.length - goes - leavesSoon };
}

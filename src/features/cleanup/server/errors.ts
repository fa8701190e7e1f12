import { problems } from '#server/platform/problem.ts';
import { err, type Result } from '#core/result.ts';
import type { PolicyProblem } from '../core/policy/validate-policy.ts';

export const { problem, orRefuse } = problems({
  'cleanup.policy-not-found': [404, 'There is no such schedule'],
  'cleanup.policy-invalid': [400, 'The schedule cannot be saved like this'],
  'cleanup.exclusion-tags-missing': [409, 'An exclusion tag exists neither in Radarr nor in Sonarr'],
  'cleanup.breaker-would-trip': [409, 'A run would be stopped at this moment, so it cannot be armed'],
  'cleanup.plan-not-found': [404, 'There is no such plan'],
  'cleanup.approval-not-asked': [409, 'This schedule does not wait for an approval'],
  'cleanup.nothing-to-approve': [409, 'Nothing of the plan is left to approve'],
  'cleanup.item-not-found': [404, 'There is no such item'],
  'cleanup.not-excluded': [404, 'Nobody excluded this item'],
  'cleanup.until-is-past': [400, 'The date has gone by already'],
  'keep.not-leaving': [409, 'It does not leave soon, so there is nothing to ask for'],
  'keep.asked-already': [409, 'You asked for it already'],
  'keep.asked-lately': [409, 'You asked for it not long ago'],
  'keep.too-many': [409, 'You keep as many as one person may at a time'],
  'keep.request-not-found': [404, 'There is no such request'],
  'keep.answered-already': [409, 'It was answered already'],
  'keep.undo-over': [410, 'It is too late to take this back'],
  'cleanup.library-busy': [409, 'The library is being read or cleaned up; try again when that is done'],
});

export const fieldWords: Record<PolicyProblem['code'], string> = {
  'policy.name-missing': 'A name is needed',
  'policy.name-too-long': 'The name is too long',
  'policy.cron-not-readable': 'This is no cron line of five fields that ever comes',
  'policy.time-zone-unknown': 'There is no such time zone',
  'policy.connection-unknown': 'There is no such service for this kind of item',
  'policy.disk-unknown': 'There is no such disk',
  'policy.tiers-missing': 'At least one tier is needed',
  'policy.tiers-too-many': 'These are too many tiers',
  'policy.tier-percent-out-of-range': 'Free space is more than 0 and at most 100 percent',
  'policy.tier-age-out-of-range': 'The age is whole days, at least one',
  'policy.tier-duplicate': 'Two tiers have the same free space',
  'policy.tiers-not-monotonic': 'With less free space the age may not be longer',
  'policy.tier-within-leaving-soon': 'The age must be longer than the Leaving Soon window',
  'policy.target-missing': 'This kind of schedule needs a target',
  'policy.target-out-of-range': 'The target is more than 0, and at most 100 percent',
  'policy.target-below-highest-tier': 'The target may not be below the highest tier',
  'policy.unit-not-for-kind': 'Episodes go by episode schedules only, and these by nothing else',
  'policy.tags-missing': 'At least one tag is needed',
  'policy.tags-too-many': 'These are too many tags',
  'policy.tag-empty': 'A tag is needed',
  'policy.tag-twice': 'This tag is there twice',
  'policy.tag-age-out-of-range': 'The age is whole days, at least one',
  'policy.tag-excluded': 'This tag excludes from clean-up, so it cannot have an age',
  'policy.gate-out-of-range': 'Free space is more than 0 and at most 100 percent',
  'policy.days-out-of-range': 'These are whole days',
  'policy.shows-not-chosen': 'Name at least one tag or one series',
  'policy.window-missing': 'Say how many episodes or how many days stay',
  'policy.keep-last-out-of-range': 'This is a whole number of episodes, at least one',
  'policy.torrent-limit-out-of-range': 'The limit is zero or more',
  'policy.torrent-limit-missing': 'Say from which ratio or after how many days a torrent may go',
  'policy.leaving-soon-out-of-range': 'The Leaving Soon window is whole days, at most 365',
  'policy.cap-out-of-range': 'The cap must be above zero, and a share at most 100 percent',
};

/** Field by field, as every refused request of the API tells it. */
export const policyErrors = (found: readonly PolicyProblem[]) =>
  found.map((one) => ({
    path: ('row' in one ? `${one.field}.${one.row}` : one.field).replace('leavingSoonDays', 'leavingSoon'),
    code: one.code,
    message: fieldWords[one.code],
  }));

/** A date that has gone by is told beside its field. */
export const orRefuseDate = <V>(
  result: Result<V, { code: 'cleanup.until-is-past' } | { code: 'cleanup.item-not-found' }>,
): V => {
  if (result.ok || result.error.code !== 'cleanup.until-is-past') return orRefuse(result);
  const { code } = result.error;
  const errors = [{ path: 'until', code: 'date-is-past', message: 'The date has gone by already' }];
  return orRefuse(err({ code, errors }));
};

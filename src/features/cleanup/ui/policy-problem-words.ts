import { getLocale } from '#i18n/runtime.js';
import { m } from '#i18n/messages.js';
import type { WordList } from '#ui/form-errors.ts';
import { formatCount, formatDays, formatPercent } from '#ui/format.ts';

const percent = (value: number): string => formatPercent(value, getLocale());
const days = (count: number): string => formatDays(count, getLocale());
const most = (value: number | string = 0): string => formatCount(Number(value), getLocale());

/** Every mistake that a policy can have, beside its field. */
export const policyProblemWords: WordList = {
  'policy.name-missing': m.policy_error_name_missing,
  'policy.name-too-long': (params) => m.policy_error_name_long({ most: most(params['most']) }),
  'policy.cron-not-readable': m.policy_error_cron,
  'policy.time-zone-unknown': m.policy_error_zone,
  'policy.time-missing': m.policy_error_time,
  'policy.connection-unknown': m.policy_error_connection,
  'policy.disk-unknown': m.policy_error_disk,
  'policy.tiers-missing': m.policy_error_tiers_missing,
  'policy.tiers-too-many': (params) => m.policy_error_tiers_many({ most: most(params['most']) }),
  'policy.tier-incomplete': m.policy_error_tier_incomplete,
  'policy.tier-percent-out-of-range': m.policy_error_tier_percent,
  'policy.tier-age-out-of-range': m.policy_error_tier_age,
  'policy.tier-duplicate': (params) =>
    m.policy_error_tier_duplicate({ percent: percent(Number(params['freeBelowPercent'])) }),
  'policy.tiers-not-monotonic': (params) =>
    m.policy_error_tier_order({
      percent: percent(Number(params['freeBelowPercent'])),
      days: days(Number(params['maxAgeDays'])),
    }),
  'policy.tier-within-leaving-soon': (params) =>
    m.policy_error_tier_window({ days: days(Number(params['leavingSoonDays'])) }),
  'policy.target-missing': m.policy_error_target_missing,
  'policy.target-out-of-range': m.policy_error_stop_range,
  'policy.target-below-highest-tier': (params) =>
    m.policy_error_stop_low({ percent: percent(Number(params['highest'])) }),
  'policy.leaving-soon-out-of-range': (params) => m.policy_error_window({ most: most(params['most']) }),
  'policy.cap-out-of-range': m.policy_error_cap,
  'policy.unit-not-for-kind': m.policy_error_unit,
  'policy.tags-missing': m.policy_error_tag_missing,
  'policy.tags-too-many': (params) => m.policy_error_tags_many({ most: most(params['most']) }),
  'policy.tag-empty': m.policy_error_tag_empty,
  'policy.tag-incomplete': m.policy_error_tag_incomplete,
  'policy.tag-twice': (params) => m.policy_error_tag_twice({ tag: String(params['tag']) }),
  'policy.tag-age-out-of-range': m.policy_error_tier_age,
  'policy.tag-excluded': (params) => m.policy_error_tag_excluded({ tag: String(params['tag']) }),
  'policy.gate-out-of-range': m.policy_error_tier_percent,
  'policy.days-out-of-range': (params) => m.policy_error_days({ most: most(params['most']) }),
  'policy.shows-not-chosen': m.policy_error_shows,
  'policy.show-unknown': m.policy_error_show,
  'policy.window-missing': m.policy_error_keep,
  'policy.keep-last-out-of-range': m.policy_error_keep_last,
  'policy.torrent-limit-out-of-range': m.policy_error_torrent_limit,
  'policy.torrent-limit-missing': m.policy_error_torrent_missing,
};

import { getLocale } from '#i18n/runtime.js';
import { m } from '#i18n/messages.js';
import { formatDays } from '#ui/format.ts';
import type { OurFate } from '../core/janitorr/compare.ts';
import type { JanitorrServiceName } from '../core/janitorr/config.ts';
import type { JanitorrDoes } from '../core/janitorr/decision.ts';
import type { DifferenceCode } from '../core/janitorr/difference.ts';
import type { DraftKey, DraftNote } from '../core/janitorr/drafts.ts';
import type { NoPlace, Place } from '../core/janitorr/keys.ts';
import type { Notice } from '../core/janitorr/report.ts';
import type { ValueProblem } from '../core/janitorr/values.ts';

type Words<Code extends string> = Readonly<Record<Code, () => string>>;

export const serviceNames: Readonly<Record<JanitorrServiceName, string>> = {
  radarr: 'Radarr',
  sonarr: 'Sonarr',
  jellyfin: 'Jellyfin',
  emby: 'Emby',
  jellyseerr: 'Jellyseerr',
  jellystat: 'Jellystat',
  streamystats: 'Streamystats',
};

export const draftNames: Words<DraftKey> = {
  films: m.janitorr_policy_films,
  shows: m.janitorr_policy_shows,
  'film-tags': m.janitorr_policy_film_tags,
  'show-tags': m.janitorr_policy_show_tags,
  episodes: m.janitorr_policy_episodes,
};

export const placeWords: Words<Place> = {
  connection: m.janitorr_place_connection,
  'dry-run': m.janitorr_place_dry_run,
  'show-policy': m.janitorr_place_show_policy,
  'leaving-soon-days': m.janitorr_place_leaving_soon_days,
  'exclusion-tags': m.janitorr_place_exclusion_tags,
  'policy-on': m.janitorr_place_policy_on,
  'film-tiers': m.janitorr_place_film_tiers,
  'season-tiers': m.janitorr_place_season_tiers,
  'tag-gate': m.janitorr_place_tag_gate,
  'tag-ages': m.janitorr_place_tag_ages,
  'episodes-policy': m.janitorr_place_episodes_policy,
  'episodes-tag': m.janitorr_place_episodes_tag,
  'keep-last': m.janitorr_place_keep_last,
  'keep-days': m.janitorr_place_keep_days,
  'older-seasons': m.janitorr_place_older_seasons,
  'age-basis': m.janitorr_place_age_basis,
  'import-exclusion': m.janitorr_place_import_exclusion,
  favourites: m.janitorr_place_favourites,
  'favourite-users': m.janitorr_place_favourite_users,
  'collection-name': m.janitorr_place_collection_name,
  'disk-gate': m.janitorr_place_disk_gate,
  surface: m.janitorr_place_surface,
  'link-folder': m.janitorr_place_link_folder,
};

export const noPlaceWords: Words<NoPlace> = {
  'own-log': m.janitorr_none_own_log,
  'torrents-asked': m.janitorr_none_torrents_asked,
  'nothing-rebuilt': m.janitorr_none_nothing_rebuilt,
  'disk-per-folder': m.janitorr_none_disk_per_folder,
  'own-cron': m.janitorr_none_own_cron,
  'exact-window': m.janitorr_none_exact_window,
  'own-timeouts': m.janitorr_none_own_timeouts,
  'show-stays': m.janitorr_none_show_stays,
  'film-goes-whole': m.janitorr_none_film_goes_whole,
  'path-mapping': m.janitorr_none_path_mapping,
  'sidecars-follow': m.janitorr_none_sidecars_follow,
  'key-is-enough': m.janitorr_none_key_is_enough,
  'never-through-media-server': m.janitorr_none_never_through_media_server,
  'always-matched': m.janitorr_none_always_matched,
  'stats-only-protect': m.janitorr_none_stats_only_protect,
  'no-such-service': m.janitorr_none_no_such_service,
  'of-spring': m.janitorr_none_of_spring,
  'not-known': m.janitorr_none_not_known,
  'not-known-stops': m.janitorr_none_not_known_stops,
};

export const valueProblemWords: Words<ValueProblem> = {
  'no-unit': m.janitorr_problem_no_unit,
  'under-a-day': m.janitorr_problem_under_a_day,
  'not-readable': m.janitorr_problem_not_readable,
};

export const doesWords: Words<JanitorrDoes> = {
  delete: m.janitorr_does_delete,
  'leaving-soon': m.janitorr_does_leaving_soon,
  keep: m.janitorr_does_keep,
  invisible: m.janitorr_does_invisible,
};

export const ourFateWords: Words<OurFate> = {
  remove: m.janitorr_fate_remove,
  'leaving-soon': m.janitorr_fate_leaving_soon,
  'held-back': m.janitorr_fate_held_back,
  eligible: m.janitorr_fate_eligible,
  protected: m.janitorr_fate_protected,
  unknown: m.janitorr_fate_unknown,
  kept: m.janitorr_fate_kept,
  none: m.janitorr_fate_none,
};

export const differenceWords: Words<DifferenceCode> = {
  'warning-not-served': m.janitorr_diff_warning_not_served,
  'target-reached': m.janitorr_diff_target_reached,
  cap: m.janitorr_diff_cap,
  'unknown-blocks': m.janitorr_diff_unknown_blocks,
  'favourite-lookup': m.janitorr_diff_favourite_lookup,
  favourite: m.janitorr_diff_favourite,
  'excluded-by-hand': m.janitorr_diff_excluded_by_hand,
  'excluded-any-case': m.janitorr_diff_excluded_any_case,
  'newest-season-stays': m.janitorr_diff_newest_season_stays,
  'specials-stay': m.janitorr_diff_specials_stay,
  'playing-now': m.janitorr_diff_playing_now,
  'half-way': m.janitorr_diff_half_way,
  'other-protection': m.janitorr_diff_other_protection,
  'watch-not-seen': m.janitorr_diff_watch_not_seen,
  'import-date-differs': m.janitorr_diff_import_date_differs,
  'own-disk': m.janitorr_diff_own_disk,
  'only-what-goes-is-announced': m.janitorr_diff_only_what_goes_is_announced,
  'exact-window': m.janitorr_diff_exact_window,
  'tag-policy-claims': m.janitorr_diff_tag_policy_claims,
  'longest-tag-rules': m.janitorr_diff_longest_tag_rules,
  'episode-window': m.janitorr_diff_episode_window,
  'guard-stopped': m.janitorr_diff_guard_stopped,
  'no-import-event': m.janitorr_diff_no_import_event,
  'other-instance': m.janitorr_diff_other_instance,
  'run-broke-off': m.janitorr_diff_run_broke_off,
  'policy-unusable': m.janitorr_diff_policy_unusable,
  'rules-differ': m.janitorr_diff_rules_differ,
};

const startWords = {
  'two-media-servers': m.janitorr_notice_two_servers,
  'two-stats': m.janitorr_notice_two_stats,
  'unknown-key': m.janitorr_notice_unknown_key,
  'not-readable': m.janitorr_notice_not_readable,
} as const;

const days = (count: number): string => formatDays(count, getLocale());

export function noticeText(notice: Notice): string {
  switch (notice.code) {
    case 'dry-run-missing':
      return m.janitorr_notice_dry_missing();
    case 'dry-run-off':
      return m.janitorr_notice_dry_off();
    case 'would-not-start':
      return startWords[notice.because]({ what: notice.what });
    case 'other-profile':
      return m.janitorr_notice_profile({ profile: notice.profile });
    case 'runs-hourly':
      return m.janitorr_notice_hourly();
    case 'age-basis-unset':
      return m.janitorr_notice_age_unset({ service: notice.service });
    case 'guard': {
      const say = notice.unit === 'film' ? m.janitorr_notice_guard_films : m.janitorr_notice_guard_shows;
      return say({
        percent: notice.freeBelowPercent,
        days: notice.days,
        window: days(notice.leavingSoonDays),
      });
    }
    case 'disk-ignored':
      return m.janitorr_notice_disk_ignored();
    case 'variable':
      return m.janitorr_notice_variable({ path: notice.path, variable: notice.variable });
    default:
      return notice satisfies never;
  }
}

export function noteText(note: DraftNote): string {
  switch (note.code) {
    case 'age-left-out':
      return m.janitorr_note_age_left_out({ at: note.at });
    case 'disk-ignored':
      return m.janitorr_note_disk_ignored();
    case 'nightly':
      return m.janitorr_note_nightly();
    case 'every-instance':
      return m.janitorr_note_every_instance();
    case 'stops-at-target':
      return m.janitorr_note_stops_at_target({ percent: note.freePercent });
    case 'age-basis-assumed':
      return m.janitorr_note_age_basis_assumed();
    case 'warned-in-full':
      return m.janitorr_note_warned_in_full({ tag: note.tag, days: days(note.leavingSoonDays) });
    case 'longest-tag-rules':
      return m.janitorr_note_longest_tag_rules();
    case 'either-keeps':
      return m.janitorr_note_either_keeps();
    case 'newest-import-counts':
      return m.janitorr_note_newest_import_counts();
    case 'specials-stay':
      return m.janitorr_note_specials_stay();
    default:
      return note satisfies never;
  }
}

import { m } from '#i18n/messages.js';
import { getLocale } from '#i18n/runtime.js';
import { formatBytes, formatCount } from '#ui/format.ts';
import type { MissingReason, ReasonCode } from '../core/ledger.ts';
import type { FileRefusal, MediaKind } from '../core/media.ts';
import { ANY_PAID_TIER, type PostKind, type SourceCreator } from '../core/post.ts';
import type { PostState } from '../core/reading/list.ts';
import { downloadText } from './download-words.ts';

export const kindWords: Readonly<Record<PostKind, () => string>> = {
  text: m.archive_kind_text,
  image: m.archive_kind_image,
  audio: m.archive_kind_audio,
  video: m.archive_kind_video,
  podcast: m.archive_kind_podcast,
  link: m.archive_kind_link,
  poll: m.archive_kind_poll,
  livestream: m.archive_kind_livestream,
  product: m.archive_kind_product,
  document: m.archive_kind_document,
  other: m.archive_kind_other,
};

export const stateWords: Readonly<Record<PostState, () => string>> = {
  gaps: m.archive_state_gaps,
  locked: m.archive_state_locked,
  vanished: m.archive_state_vanished,
};

export const membershipWords: Readonly<Record<SourceCreator['membership'], () => string>> = {
  paid: m.archive_membership_paid,
  free: m.archive_membership_free,
  none: m.archive_membership_none,
  own: m.archive_membership_own,
};

/** A post without a title is called by what it is. */
export const titleOf = ({ title, kind }: { title: string | null; kind: PostKind }): string =>
  title?.trim() ? title : m.archive_untitled({ kind: kindWords[kind]().toLocaleLowerCase(getLocale()) });

const count = (number: number) => formatCount(number, getLocale());

/** "12:04", or "1:02:33" from an hour on, as players say it. */
export function clockText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** How long a post takes or how much is in it: the one thing that its kind makes people ask first. */
export function lengthText(post: {
  kind: PostKind;
  durationMs: number | null;
  pictures: number;
  minutes: number | null;
}): string | null {
  if (post.durationMs !== null) return clockText(post.durationMs);
  if (post.kind !== 'text' && post.pictures > 1)
    return m.archive_pictures({ count: post.pictures, number: count(post.pictures) });
  if (post.minutes !== null) return m.archive_minutes({ count: post.minutes, number: count(post.minutes) });
  return post.pictures > 1
    ? m.archive_pictures({ count: post.pictures, number: count(post.pictures) })
    : null;
}

/** "Observatory, Shooting star" */
export const tiersText = (tiers: readonly string[]): string =>
  tiers.map((tier) => (tier === ANY_PAID_TIER ? m.archive_tier_any_paid() : tier)).join(', ');

/** Why something is not in the archive, in a sentence, and below it what can be done. */
export type GapText = { why: string; todo: string | null };

export function gapText(gap: MissingReason): GapText {
  switch (gap.code) {
    case 'not-understood':
      return { why: m.archive_gap_not_understood(), todo: null };
    case 'locked':
      return lockedText(gap.tiers);
    case 'drm':
      return { why: m.archive_gap_drm(), todo: null };
    case 'vanished':
      return { why: m.archive_gap_vanished(), todo: null };
    case 'expired':
      return { why: m.archive_gap_expired(), todo: m.archive_gap_again_todo() };
    case 'failed':
      return {
        why: m.archive_gap_failed({
          count: gap.tries,
          number: count(gap.tries),
          problem: downloadText(gap.problem),
        }),
        todo: m.archive_gap_again_todo(),
      };
    case 'too-large':
      return {
        why: m.archive_gap_too_large({
          size: formatBytes(gap.sizeBytes, getLocale()),
          limit: formatBytes(gap.limitBytes, getLocale()),
        }),
        todo: m.archive_gap_too_large_todo(),
      };
    case 'unsupported-host':
      return { why: m.archive_gap_host({ host: gap.host }), todo: m.archive_gap_host_todo() };
    case 'not-offered':
      return { why: m.archive_gap_not_offered(), todo: null };
    case 'program-missing':
      return {
        why: m.archive_gap_program({ program: gap.program }),
        todo: m.archive_gap_program_todo({ program: gap.program }),
      };
    case 'file-refused':
      return refusedText(gap.why);
    default:
      return gap satisfies never;
  }
}

const lockedText = (tiers: readonly string[]): GapText => ({
  why: tiers.length > 0 ? m.archive_gap_locked({ tiers: tiersText(tiers) }) : m.archive_gap_locked_any(),
  todo: m.archive_gap_locked_todo(),
});

function refusedText(why: FileRefusal): GapText {
  switch (why) {
    case 'unreadable':
      return { why: m.archive_gap_unreadable(), todo: m.archive_gap_unreadable_todo() };
    case 'outside':
      return { why: m.archive_gap_outside(), todo: m.archive_gap_outside_todo() };
    case 'no-file':
      return { why: m.archive_gap_no_file(), todo: null };
  }
}

const languageNames = (locale: string) => new Intl.DisplayNames(locale, { type: 'language' });

/** "Spanish" for `es`; what is no language tag is shown as it is. */
export function languageText(tag: string | null): string {
  if (!tag) return m.archive_captions_unnamed();
  try {
    return languageNames(getLocale()).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

export const mediaKindWords: Readonly<Record<MediaKind, () => string>> = {
  image: m.archive_media_image,
  audio: m.archive_media_audio,
  video: m.archive_media_video,
  file: m.archive_media_file,
};

/** "12 posts", or "12 of 15 posts" where the source says that there are more. */
export const collectionCount = (
  { postCount, saidCount }: { postCount: number; saidCount: number | null },
  say: (number: number) => string,
): string =>
  saidCount !== null && saidCount > postCount
    ? m.archive_posts_of({ count: saidCount, number: say(postCount), total: say(saidCount) })
    : m.archive_posts({ count: postCount, number: say(postCount) });

/** "1,204 posts"; from `most` on nobody counted further. */
export const countText = (number: number, most: number): string =>
  number > most
    ? m.archive_more_than({ number: count(most) })
    : m.archive_posts({ count: number, number: count(number) });

/** "5 €"; a currency that nobody knows is written behind the number. */
export function priceText(cents: number, currency: string | null): string {
  const amount = cents / 100;
  try {
    return new Intl.NumberFormat(getLocale(), {
      style: 'currency',
      currency: currency ?? '',
      trailingZeroDisplay: 'stripIfInteger',
    }).format(amount);
  } catch {
    return `${amount} ${currency ?? ''}`.trim();
  }
}

/** Why things are missing, of many at once: without the names and numbers that belong to one. */
export const reasonWords: Readonly<Record<ReasonCode, () => string>> = {
  locked: m.archive_reason_locked,
  drm: m.archive_reason_drm,
  vanished: m.archive_reason_vanished,
  expired: m.archive_reason_expired,
  failed: m.archive_reason_failed,
  'too-large': m.archive_reason_too_large,
  'unsupported-host': m.archive_reason_host,
  'not-offered': m.archive_reason_not_offered,
  'program-missing': m.archive_reason_program,
  'file-refused': m.archive_reason_file_refused,
  'not-understood': m.archive_reason_not_understood,
};

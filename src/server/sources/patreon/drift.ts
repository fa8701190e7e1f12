import type { Drift } from '#features/archive/core/post.ts';
import type { Fields } from '../shared/fields.ts';
import type { Resource } from './document.ts';

type Kind = 'text' | 'number' | 'flag' | 'object' | 'list' | 'any';
type Kinds = Partial<Record<Kind, string>>;

/** What we have seen and either read or know to be of no use; null is always allowed. Anything else is counted. */
const POST: Kinds = {
  text: `title post_type content content_json_string teaser_text teaser_text_json_string content_teaser_text
    cleaned_teaser_text published_at created_at edited_at change_visibility_at url patreon_url pledge_url upgrade_url
    moderation_status preview_asset_type thumbnail_url meta_image_url deleted_at scheduled_for share_url`,
  number: 'min_cents_pledged_to_view like_count comment_count commenter_count view_count impression_count',
  flag: `current_user_can_view current_user_can_comment current_user_can_delete current_user_can_report
    current_user_has_liked is_paid was_posted_by_campaign_owner has_ti_violation has_custom_thumbnail is_draft`,
  object: 'image thumbnail embed post_file video_preview post_metadata',
  list: 'attachments_preview_metadata',
};

const MEDIA: Kinds = {
  text: `file_name mimetype media_type state owner_id owner_type owner_relationship created_at download_url
    upload_expires_at upload_url caption alt_text`,
  number: 'size_bytes',
  object: 'image_urls metadata display upload_parameters',
};

const PRODUCT: Kinds = {
  text: `name currency_code description description_rich_text published_at_datetime url share_url checkout_url
    content_type moderation_status`,
  number: 'price_cents',
  flag: 'is_hidden is_featured',
  list: 'access_metadata reward_ids',
};

/** What a question names, so that it comes. */
export const POST_FIELDS = Object.values(POST)
  .flatMap((names) => names.split(/\s+/))
  .join(',');

const tableOf = (kinds: Kinds): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(kinds).flatMap(([kind, names]) => names.split(/\s+/).map((name) => [name, kind] as const)),
  );

const tables = { post: tableOf(POST), media: tableOf(MEDIA), product: tableOf(PRODUCT) };

const KINDS: Readonly<Record<string, Kind>> = {
  string: 'text',
  number: 'number',
  boolean: 'flag',
  object: 'object',
};

const kindOf = (value: unknown): Kind => (Array.isArray(value) ? 'list' : (KINDS[typeof value] ?? 'any'));

/** A key that nobody knows, or one whose value is of another kind than it was: `post.views`, `post.content (object)`. */
function driftIn(what: keyof typeof tables, attributes: Fields): string[] {
  return Object.entries(attributes).flatMap(([name, value]) => {
    const expected = tables[what].get(name);
    if (expected === undefined) return [`${what}.${name.slice(0, 60)}`];
    const found = kindOf(value);
    return value === null || found === expected ? [] : [`${what}.${name} (${found})`];
  });
}

/** Collects what a parser met and did not know, each once. */
export type DriftCount = {
  keys(what: keyof typeof tables, resource: Resource): void;
  saw(what: Drift['what'], name: string): void;
  all(): readonly Drift[];
};

export function countDrift(): DriftCount {
  const seen = new Map<string, Drift>();
  const saw: DriftCount['saw'] = (what, name) => void seen.set(`${what} ${name}`, { what, name });
  return {
    saw,
    keys(what, { attributes }) {
      for (const name of driftIn(what, attributes)) saw('key', name);
    },
    all: () => [...seen.values()],
  };
}

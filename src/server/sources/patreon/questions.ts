import type { Query } from './client.ts';
import { POST_FIELDS } from './drift.ts';

/** How many a page of a list has; more than a hundred nobody has tried. */
const PAGE = '50';

const OWN = { 'json-api-use-default-includes': 'false' };

/** Without campaign and user, which are the same for every post of a creator. */
const POST = {
  ...OWN,
  include:
    'access_rules,access_rules.tier.null,attachments,attachments_media,audio,audio_preview.null,collections,images,media,poll.choices,user_defined_tags,video.null',
  // What is not named does not come, and the text of newer posts comes only to those who name it.
  'fields[post]': POST_FIELDS,
  'fields[access_rule]': 'access_rule_type,amount_cents,currency',
  'fields[reward]': 'title,amount_cents,currency,is_free_tier,published',
  'fields[collection]': 'title',
  'fields[post_tag]': 'tag_type,value',
} satisfies Query;

export const postQuery: Query = POST;

export const postsQuery = (campaignId: string): Query => ({
  ...POST,
  'filter[campaign_id]': campaignId,
  'filter[contains_exclusive_posts]': 'true',
  'filter[is_draft]': 'false',
  sort: '-published_at',
  'page[count]': PAGE,
});

/** The order goes one way only: with a minus it is refused. */
export const collectionPostsQuery = (campaignId: string, collectionId: string): Query => ({
  ...OWN,
  'filter[campaign_id]': campaignId,
  'filter[collection_id]': collectionId,
  'filter[include_drops]': 'true',
  'fields[post]': 'title',
  sort: 'collection_order',
  'page[count]': PAGE,
});

export const collectionsQuery = (campaignId: string): Query => ({
  ...OWN,
  'filter[campaign_id]': campaignId,
  'fields[collection]': 'title,description,num_posts,post_ids',
});

const COMMENT: Query = {
  ...OWN,
  include: 'commenter,parent,first_reply,first_reply.commenter,first_reply.parent',
  'fields[comment]':
    'body,created,deleted_at,is_by_patron,is_by_creator,vote_sum,reply_count,visibility_state',
  'fields[user]': 'full_name',
  'page[count]': PAGE,
};

export const commentsQuery: Query = { ...COMMENT, sort: '-created' };
export const repliesQuery: Query = { ...COMMENT, include: 'commenter,parent', sort: 'created' };

const PRODUCT: Query = { ...OWN, include: 'content_media,preview_media' };
export const productQuery = PRODUCT;

export const productsQuery = (campaignId: string): Query => ({
  ...PRODUCT,
  'filter[campaign_id]': campaignId,
  'filter[is_hidden]': 'active',
  'filter[include_suspended]': 'false',
  'filter[include_featured]': 'all_products',
  'page[pageType]': 'offset',
  'page[offset]': '0',
  'page[count]': '24',
  sort: '-published_at',
});

export const accountQuery: Query = { ...OWN, 'fields[user]': 'full_name,vanity' };

export const membershipsQuery: Query = {
  ...OWN,
  include: 'active_memberships.campaign',
  'fields[user]': 'full_name,vanity',
  'fields[campaign]': 'name,vanity,url,avatar_photo_url,avatar_photo_image_urls',
  'fields[member]': 'patron_status,currently_entitled_amount_cents,is_free_member,is_free_trial,is_gifted',
};

export const campaignQuery: Query = {
  ...OWN,
  include: 'rewards',
  'fields[campaign]':
    'name,vanity,url,summary,one_liner,post_count,creation_count,avatar_photo_url,avatar_photo_image_urls,cover_photo_url,cover_photo_url_sizes,currency',
  'fields[reward]': 'title,amount_cents,currency,is_free_tier,published',
};

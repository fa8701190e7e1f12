import { mapNodes, toHtml, wordsOf, type Node } from '../../seed/patreon/document.ts';
import { measuresOf } from '../../seed/patreon/media/measures.ts';
import type { Creator, Media, Post } from '../../seed/patreon/patronage.ts';
import { canView, minCents, type Session } from './access.ts';
import { cdnUrl, type Owner } from './addresses.ts';
import { campaignPool, magicTiers } from './creator.resource.ts';
import type { Patreon } from './house.ts';
import { many, one, type Ref, type Resource } from './jsonapi.ts';
import { imageUrls, mediaResource, mediaTypeOf, sizeOf } from './media.resource.ts';
import { pollResources } from './poll.resource.ts';
import { postFile } from './post-file.ts';

export type Scene = { house: Patreon; creator: Creator; post: Post; session: Session };
/** What is common to the parts of one post. */
type View = Scene & { isLocked: boolean; owner: Owner };

/** One post and everything beside it that a client may ask to have included. */
export function postResources(scene: Scene): { post: Resource; pool: Resource[] } {
  const { house, creator, post, session } = scene;
  const view: View = {
    ...scene,
    isLocked: !canView(house, session, scene),
    owner: { kind: 'post', id: post.id },
  };
  const listed = post.media.filter((media) => isListed(media, view.isLocked));
  const media = listed.map((one) =>
    mediaResource(house, { media: one, owner: view.owner, isLocked: view.isLocked }),
  );
  const rule = ruleOf(creator, post);
  const pool = [
    ...media,
    ...campaignPool(house, creator),
    ...magicTiers,
    rule,
    ...post.tags.map((value): Resource => ({
      type: 'post_tag',
      id: `user_defined;${value}`,
      attributes: { tag_type: 'user_defined', value },
    })),
    ...(view.isLocked ? [] : pollResources(house, post)),
  ];
  const resource: Resource = {
    type: 'post',
    id: post.id,
    attributes: { ...bodyOf(view), ...standing(view), ...pictures(view) },
    relationships: relationships(view, rule),
  };
  return { post: resource, pool };
}

/** Pictures of the editor are found by their number only; a locked post keeps its pictures, blurred, and nothing else. */
const isListed = (media: Media, isLocked: boolean): boolean =>
  media.role !== 'inline' && (!isLocked || media.role === 'image' || media.role === 'video');

function bodyOf(view: View): Record<string, unknown> {
  const { post, isLocked } = view;
  return {
    title: post.title,
    post_type: post.postType,
    ...(isLocked ? { content: null, content_json_string: null } : contentOf(view)),
    teaser_text: post.teaser,
    teaser_text_json_string: null,
    content_teaser_text: null,
    cleaned_teaser_text: post.teaser,
    embed:
      post.embed && !isLocked
        ? { ...post.embed, linked_object_id: null, linked_object_type: null, product_variant_id: null }
        : null,
    post_file: postFile(view),
    video_preview: null,
    word_count: isLocked ? 0 : wordsOf(post.body).split(/\s+/).length,
  };
}

function contentOf(view: View): Record<'content' | 'content_json_string', string | null> {
  const { bodyAs, raw } = view.post;
  if (raw) return { content: raw.content, content_json_string: raw.json };
  const body = filled(view);
  return {
    content: bodyAs === 'json' ? null : toHtml(body),
    content_json_string: bodyAs === 'html' ? null : JSON.stringify(body),
  };
}

/** The addresses of the pictures in the text, as good as those of the files. */
function filled({ house, post, owner }: View): Node {
  return mapNodes(post.body, (node) => {
    const media = node.type === 'image' && post.media.find(({ id }) => id === node.attrs?.['media_id']);
    return media
      ? { ...node, attrs: { ...node.attrs, src: cdnUrl(house, media, owner, { w: 1080 }) } }
      : node;
  });
}

function standing({ creator, post, session, isLocked }: View): Record<string, unknown> {
  const slug = slugOf(post);
  const count = post.comments.reduce((sum, comment) => sum + 1 + comment.replies.length, 0);
  const names = new Set(post.comments.map(({ by }) => by.id));
  return {
    published_at: stamp(post.publishedAt),
    created_at: stamp(post.createdAt),
    edited_at: post.editedAt === null ? null : stamp(post.editedAt),
    change_visibility_at: null,
    url: `https://www.patreon.com/posts/${slug}`,
    patreon_url: `/posts/${slug}`,
    pledge_url: `/checkout/${creator.vanity}?rid=0`,
    upgrade_url: `/checkout/${creator.vanity}?rid=0&upgrade=true`,
    current_user_can_view: !isLocked,
    current_user_can_comment: session === 'good' && !isLocked,
    current_user_can_delete: false,
    current_user_can_report: true,
    current_user_has_liked: false,
    is_paid: false,
    min_cents_pledged_to_view: minCents(creator, post),
    like_count: post.likeCount,
    comment_count: count,
    commenter_count: names.size,
    view_count: 0,
    was_posted_by_campaign_owner: true,
    moderation_status: 'not_moderated',
    has_ti_violation: false,
    preview_asset_type: null,
    post_metadata: {
      image_order: post.media.filter(({ role }) => role === 'image').map(({ id }) => id),
      platform: {},
      episode_number: null,
      season: null,
    },
  };
}

const stamp = (iso: string): string => iso.replace(/(\.\d+)?Z$/, '.000+00:00');

export function slugOf(post: Post): string {
  const words = (post.title ?? 'untitled')
    .normalize('NFD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
  return `${words}-${post.id}`;
}

function pictures({ house, post, isLocked, owner }: View): Record<string, unknown> {
  const cover = post.media.find(({ id }) => id === post.cover);
  const base = { attachments_preview_metadata: () => previewsOf(house, post) };
  if (!cover || cover.file.kind === 'plain') {
    return { ...base, image: null, thumbnail: null, thumbnail_url: null, meta_image_url: null };
  }
  const { width = null, height = null } = measuresOf(cover.file);
  const size = { height, width };
  const urls = imageUrls(house, cover, owner, isLocked);
  const best = urls['original'];
  return {
    ...base,
    image: {
      ...size,
      url: best,
      large_url: urls['default_large'] ?? best,
      thumb_url: urls['default'],
      thumb_square_url: urls['thumbnail'] ?? best,
      thumb_square_large_url: urls['thumbnail_large'] ?? best,
    },
    thumbnail: {
      url: urls['default'],
      large: best,
      large_2: best,
      square: urls['thumbnail'] ?? best,
      gif_url: null,
      ...size,
    },
    thumbnail_url: urls['default'],
    meta_image_url: urls['default'],
  };
}

/** What hangs below it, by name, also for those who may not have it. */
const previewsOf = (house: Patreon, { media }: Post): Promise<Record<string, unknown>[]> =>
  Promise.all(
    media
      .filter(({ role }) => role === 'attachment')
      .map(async (one) => ({
        file_name: one.fileName,
        mimetype: one.mimetype,
        size_bytes: await sizeOf(house, one),
      })),
  );

/** Free for all has the id of the post; the real ones are numbers of their own, which nobody reads. */
function ruleOf(creator: Creator, { id, access }: Post): Resource {
  const tier = access.kind === 'tier' ? access.tierId : access.kind === 'public' ? '-1' : '0';
  return {
    type: 'access-rule',
    id: `7${id}`,
    attributes: {
      access_rule_type: access.kind,
      amount_cents: access.kind === 'tier' ? access.cents : null,
      currency: creator.currency,
      post_count: creator.posts.length,
    },
    relationships: { tier: one({ type: 'reward', id: tier }) },
  };
}

function relationships(
  { house, creator, post, isLocked }: View,
  rule: Ref,
): NonNullable<Resource['relationships']> {
  const refs = (...roles: Media['role'][]): Ref[] =>
    post.media.filter(({ role }) => roles.includes(role)).map(({ id }) => ({ type: 'media', id }));
  const only = (type: 'audio' | 'video') =>
    one(
      post.media
        .filter((media) => media.role !== 'attachment' && mediaTypeOf(media) === type)
        .map(({ id }) => ({ type: 'media', id }))[0],
    );
  const related = (path: string) => ({ links: { related: `${house.at.site}/api/${path}` } });
  return {
    campaign: {
      ...one({ type: 'campaign', id: creator.campaignId }),
      ...related(`campaigns/${creator.campaignId}`),
    },
    user: { ...one({ type: 'user', id: creator.userId }), ...related(`user/${creator.userId}`) },
    access_rules: many([rule]),
    // As they were uploaded. How they are to be shown is said by `post_metadata.image_order` alone.
    images: many(refs('image').sort((first, second) => Number(first.id) - Number(second.id))),
    media: many(isLocked ? refs('image', 'video') : refs('image', 'audio', 'video', 'attachment')),
    // A locked post does not say that it has files, except by their names.
    ...(isLocked ? {} : { attachments: many([]), attachments_media: many(refs('attachment')) }),
    audio: isLocked ? one(null) : only('audio'),
    audio_preview: one(null),
    video: only('video'),
    poll: one(post.poll && !isLocked ? { type: 'poll', id: post.poll.id } : null),
    drop: one(null),
    livestream: one(null),
    native_video_insights: one(null),
    ti_checks: many([]),
    user_defined_tags: many(post.tags.map((value) => ({ type: 'post_tag', id: `user_defined;${value}` }))),
    collections: many(
      creator.collections
        .filter(({ postIds }) => postIds.includes(post.id))
        .map(({ id }) => ({ type: 'collection', id })),
    ),
    content_unlock_options: many([]),
  };
}

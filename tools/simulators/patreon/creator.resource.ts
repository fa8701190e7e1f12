import type { Creator, Media, Tier } from '../../seed/patreon/patronage.ts';
import { cdnUrl, type Owner } from './addresses.ts';
import { collectionResource } from './collection.resource.ts';
import { shelfOf, type Patreon } from './house.ts';
import { many, one, type Resource } from './jsonapi.ts';
import { imageUrls } from './media.resource.ts';

const siteUrl = (vanity: string): string => `https://www.patreon.com/${vanity}`;

export function campaignResource(house: Patreon, creator: Creator): Resource {
  const owner: Owner = { kind: 'campaign', id: creator.campaignId };
  const at = (media: Media, transform?: Record<string, number>): string =>
    cdnUrl(house, media, owner, transform);
  const isMember = creator.membership !== null;
  const postCount = shelfOf(house, creator.campaignId)?.entries().length ?? 0;
  return {
    type: 'campaign',
    id: creator.campaignId,
    attributes: {
      name: creator.name,
      vanity: creator.vanity,
      url: siteUrl(creator.vanity),
      creation_name: creator.creationName,
      summary: creator.summary,
      one_liner: creator.oneLiner,
      patron_count: creator.patronCount,
      creation_count: postCount,
      post_count: postCount,
      avatar_photo_url: at(creator.avatar, { h: 360, w: 360 }),
      avatar_photo_image_urls: imageUrls(house, creator.avatar, owner),
      cover_photo_url: at(creator.cover, { w: 1600 }),
      cover_photo_url_sizes: {
        xlarge: at(creator.cover, { w: 1920 }),
        large: at(creator.cover, { w: 1600 }),
        medium: at(creator.cover, { w: 1200 }),
        small: at(creator.cover, { w: 620 }),
        xsmall: at(creator.cover, { w: 360 }),
      },
      image_url: at(creator.cover, { w: 1600 }),
      is_nsfw: creator.isNsfw,
      is_monthly: true,
      pay_per_name: 'month',
      currency: creator.currency,
      created_at: creator.createdAt,
      published_at: creator.createdAt,
      earnings_visibility: 'private',
      show_audio_post_download_links: true,
      primary_theme_color: creator.colour,
      offers_free_membership: true,
      offers_paid_membership: true,
      current_user_is_free_member: creator.membership?.isFreeMember ?? false,
      url_for_current_user: isMember ? `/${creator.vanity}/posts` : `/${creator.vanity}`,
      pledge_url: `/checkout/${creator.vanity}`,
    },
    relationships: {
      creator: one({ type: 'user', id: creator.userId }),
      rewards: many(creator.tiers.map(({ id }) => ({ type: 'reward', id }))),
      collections: many(creator.collections.map(({ id }) => ({ type: 'collection', id }))),
      connected_socials: many([{ type: 'social-connection', id: `${creator.userId}-youtube` }]),
    },
  };
}

export function creatorUser(house: Patreon, creator: Creator): Resource {
  const owner: Owner = { kind: 'user', id: creator.userId };
  const [first = '', ...rest] = creator.name.split(' ');
  return {
    type: 'user',
    id: creator.userId,
    attributes: {
      full_name: creator.name,
      first_name: first,
      last_name: rest.join(' '),
      vanity: creator.vanity,
      url: siteUrl(creator.vanity),
      image_url: cdnUrl(house, creator.avatar, owner, { h: 360, w: 360 }),
      thumb_url: cdnUrl(house, creator.avatar, owner, { h: 100, w: 100 }),
      created: creator.createdAt,
      about: creator.summary,
      is_creator: true,
    },
    relationships: { campaign: one({ type: 'campaign', id: creator.campaignId }) },
  };
}

export function tierResource(creator: Creator, tier: Tier): Resource {
  return {
    type: 'reward',
    id: tier.id,
    attributes: {
      title: tier.title,
      description: tier.description,
      amount_cents: tier.amountCents,
      currency: creator.currency,
      image_url: null,
      url: `/checkout/${creator.vanity}?rid=${tier.id}`,
      created_at: creator.createdAt,
      published_at: creator.createdAt,
      edited_at: creator.createdAt,
      is_free_tier: tier.isFree,
      published: true,
    },
    relationships: { campaign: one({ type: 'campaign', id: creator.campaignId }) },
  };
}

/** Two tiers that belong to everybody and have no page. */
export const magicTiers: readonly Resource[] = [
  {
    type: 'reward',
    id: '-1',
    attributes: { title: 'Everyone', amount_cents: 0, is_free_tier: false, published: true },
  },
  {
    type: 'reward',
    id: '0',
    attributes: { title: 'Patrons', amount_cents: 1, is_free_tier: false, published: true },
  },
];

export function memberResource(creator: Creator): Resource | null {
  const { membership } = creator;
  if (!membership) return null;
  return {
    type: 'member',
    id: membership.id,
    attributes: {
      patron_status: membership.isFreeMember ? null : 'active_patron',
      currently_entitled_amount_cents: membership.entitledCents,
      is_free_member: membership.isFreeMember,
      is_free_trial: false,
      is_gifted: membership.isGifted,
      last_charge_status: membership.lastChargeDate === null ? null : 'Paid',
      last_charge_date: membership.lastChargeDate,
    },
    relationships: { campaign: one({ type: 'campaign', id: creator.campaignId }) },
  };
}

/** The campaign with everything that can be asked for beside it. */
export function campaignPool(house: Patreon, creator: Creator): Resource[] {
  return [
    campaignResource(house, creator),
    creatorUser(house, creator),
    ...creator.tiers.map((tier) => tierResource(creator, tier)),
    ...creator.collections.map((one) => collectionResource(house, creator, one)),
    {
      type: 'social-connection',
      id: `${creator.userId}-youtube`,
      attributes: {
        app_name: 'youtube',
        display_name: creator.name,
        external_profile_url: `https://www.youtube.com/@${creator.vanity}`,
      },
    },
  ];
}

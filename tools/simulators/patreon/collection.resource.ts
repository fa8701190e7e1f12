import type { Collection, Creator } from '../../seed/patreon/patronage.ts';
import type { Patreon } from './house.ts';
import { many, type Resource } from './jsonapi.ts';
import { imageUrls } from './media.resource.ts';

export function collectionResource(house: Patreon, creator: Creator, collection: Collection): Resource {
  const count = collection.postIds.length;
  return {
    type: 'collection',
    id: collection.id,
    attributes: {
      title: collection.title,
      description: collection.description,
      created_at: collection.createdAt,
      edited_at: collection.editedAt,
      num_posts: count,
      num_draft_posts: 0,
      num_scheduled_posts: 0,
      num_posts_visible_for_creation: count,
      post_ids: collection.postIds.map(Number),
      post_sort_type: 'custom',
      default_layout: 'grid',
      moderation_status: 'not_moderated',
      thumbnail: imageUrls(house, collection.thumbnail, { kind: 'campaign', id: creator.campaignId }),
    },
    relationships: { posts: many(collection.postIds.map((id) => ({ type: 'post', id }))) },
  };
}

import type { Creator, Media } from '../../seed/patreon/patronage.ts';
import { canView, type Session } from './access.ts';
import { fileHash, type Owner } from './addresses.ts';
import { findPost, type Patreon } from './house.ts';

export type FoundFile = { media: Media; owner: Owner; isLocked: boolean };

/** The file with this number, wherever it hangs: in a post or in the shop. */
export function fileById(house: Patreon, mediaId: string, session: Session): FoundFile | undefined {
  for (const shelf of house.shelves) {
    const post = shelf.postOfMedia(mediaId);
    const media = post?.media.find(({ id }) => id === mediaId);
    if (post && media) {
      const isLocked = !canView(house, session, { creator: shelf.creator, post });
      return { media, owner: { kind: 'post', id: post.id }, isLocked };
    }
    const sold = soldFile(shelf.creator, mediaId, session);
    if (sold) return sold;
  }
  return undefined;
}

function soldFile(creator: Creator, mediaId: string, session: Session): FoundFile | undefined {
  for (const product of creator.products) {
    const content = product.content.find(({ id }) => id === mediaId);
    const media = content ?? product.preview.find(({ id }) => id === mediaId);
    if (!media) continue;
    const isLocked = content !== undefined && (product.ownedSince === null || session !== 'good');
    return { media, owner: { kind: 'product', id: product.id }, isLocked };
  }
  return undefined;
}

/** The file that an address of the file server speaks of. */
export function fileByHash(house: Patreon, owner: Owner, hash: string): Media | undefined {
  return filesOf(house, owner).find(({ id }) => fileHash(id) === hash);
}

function filesOf(house: Patreon, { kind, id }: Owner): readonly Media[] {
  if (kind === 'post') return findPost(house, id)?.post.media ?? [];
  const creators = house.shelves.map(({ creator }) => creator);
  if (kind === 'product') {
    const product = creators.flatMap(({ products }) => products).find((one) => one.id === id);
    return product ? [...product.content, ...product.preview] : [];
  }
  const creator = creators.find((one) => (kind === 'user' ? one.userId : one.campaignId) === id);
  return creator
    ? [creator.avatar, creator.cover, ...creator.collections.map(({ thumbnail }) => thumbnail)]
    : [];
}

import type { Creator, Product } from '../../seed/patreon/patronage.ts';
import type { Call, Reply, Route } from '../http.ts';
import { sessionOf, type Session } from './access.ts';
import { campaignResource } from './creator.resource.ts';
import { present, shelfOf, type Patreon } from './house.ts';
import { answer, many, one, type Resource } from './jsonapi.ts';
import { mediaResource } from './media.resource.ts';
import { problem } from './problems.ts';

export function shopRoutes(house: Patreon): Route[] {
  return [
    ['GET', '/api/campaigns/:id#/products', (call) => list(house, call)],
    ['GET', '/api/product/:id#', (call) => detail(house, call)],
  ];
}

function list(house: Patreon, call: Call): Promise<Reply> | Reply {
  const shelf = shelfOf(house, call.params['id'] ?? null);
  if (!shelf || house.suspended.has(shelf.creator.campaignId)) return problem(404);
  const { creator } = shelf;
  const words = (call.query.get('filter[search_query]') ?? '').toLowerCase();
  const found = creator.products.filter(({ name }) => name.toLowerCase().includes(words));
  const offset = Number(call.query.get('page[offset]') ?? 0);
  const count = Number(call.query.get('page[count]') ?? 24);
  const shown = found.slice(offset, offset + count);
  const session = sessionOf(house, call.headers);
  const pools = shown.map((product) => poolOf(house, { creator, product, session }));
  const query = new URLSearchParams(call.query);
  query.set('page[offset]', String(offset + count));
  const hasMore = offset + shown.length < found.length;
  const links = hasMore ? { links: { next: `${house.at.site}${call.path}?${query.toString()}` } } : {};
  const data = shown.map((product) => productResource({ creator, product, session }));
  return answer(call, { data, pool: pools.flat() }, { ...links, meta: { count: found.length } });
}

function detail(house: Patreon, call: Call): Promise<Reply> | Reply {
  const session = sessionOf(house, call.headers);
  for (const { creator } of present(house)) {
    const product = creator.products.find(({ id }) => id === call.params['id']);
    if (!product) continue;
    const offer = { creator, product, session };
    const pool = poolOf(house, offer);
    return answer(call, { data: productResource(offer), pool }, {}, 'content_media,preview_media,campaign');
  }
  return problem(404);
}

type Offer = { creator: Creator; product: Product; session: Session };

const isOwned = ({ product, session }: Offer): boolean => product.ownedSince !== null && session === 'good';

function productResource(offer: Offer): Resource {
  const { creator, product } = offer;
  const url = `https://www.patreon.com/${creator.vanity}/shop/${product.id}`;
  const refs = (list: Product['content']) => many(list.map(({ id }) => ({ type: 'media', id })));
  return {
    type: 'product-variant',
    id: product.id,
    attributes: {
      name: product.name,
      price_cents: product.priceCents,
      currency_code: creator.currency,
      description: `<p>${product.description}</p>`,
      description_rich_text: null,
      is_hidden: false,
      is_featured: false,
      published_at_datetime: product.publishedAt,
      url,
      share_url: url,
      checkout_url: `/checkout/product/${product.id}`,
      content_type: product.contentType,
      moderation_status: 'not_moderated',
      reward_ids: [],
      // Owned if and only if an entry says since when.
      access_metadata: [
        { access_type: 'purchase', access_created_at: isOwned(offer) ? product.ownedSince : null },
      ],
    },
    relationships: {
      campaign: one({ type: 'campaign', id: creator.campaignId }),
      content_media: refs(product.content),
      preview_media: refs(product.preview),
      post: one(null),
      collection: one(null),
    },
  };
}

function poolOf(house: Patreon, offer: Offer): Resource[] {
  const { creator, product } = offer;
  const owner = { kind: 'product', id: product.id } as const;
  const isLocked = !isOwned(offer);
  return [
    campaignResource(house, creator),
    ...product.content.map((media) => mediaResource(house, { media, owner, isLocked })),
    ...product.preview.map((media) => mediaResource(house, { media, owner, isLocked: false })),
  ];
}

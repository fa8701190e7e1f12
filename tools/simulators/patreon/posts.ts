import type { Call, Reply, Route } from '../http.ts';
import { sessionOf } from './access.ts';
import { fileById } from './found-file.ts';
import { findPost, present, shelfOf, type Patreon } from './house.ts';
import { answer, type Resource } from './jsonapi.ts';
import { listed } from './listing.ts';
import { mediaResource } from './media.resource.ts';
import { pageOf } from './pages.ts';
import { postResources } from './post.resource.ts';
import { problem } from './problems.ts';
import type { Entry, Shelf } from './shelf.ts';

const defaultInclude =
  'campaign,access_rules,access_rules.tier,attachments_media,audio,images,media,poll.choices,poll.current_user_responses.choice,user,user_defined_tags,collections,video';
const sorts = ['-published_at', 'published_at', 'collection_order'];

export function postRoutes(house: Patreon): Route[] {
  return [
    ['GET', '/api/posts', (call) => list(house, call, call.query.get('filter[campaign_id]'))],
    ['GET', '/api/campaigns/:id#/posts', (call) => list(house, call, call.params['id'] ?? null)],
    ['GET', '/api/stream', (call) => stream(house, call)],
    ['GET', '/api/posts/:id#', (call) => detail(house, call)],
    ['GET', '/api/media/:id#', (call) => oneMedia(house, call)],
  ];
}

function list(house: Patreon, call: Call, campaignId: string | null): Promise<Reply> | Reply {
  const sort = call.query.get('sort') ?? '-published_at';
  if (campaignId === null) return problem(400, 'filter[campaign_id] is required.');
  if (!sorts.includes(sort)) return problem(400, `Invalid value for parameter sort: ${sort}.`);
  const shelf = shelfOf(house, campaignId);
  if (!shelf || house.suspended.has(campaignId)) return problem(404);
  const entries = listed(house, shelf, call.query, sessionOf(house, call.headers));
  const paged = pageOf(house, call, entries, (all, after) => resumeByNumber(all, after, sort));
  if ('refused' in paged) return paged.refused;
  const { items, links, cursors } = paged.page;
  const rest = { ...links, meta: { pagination: { cursors, total: entries.length } } };
  return documentOf(house, call, { shelves: items.map(({ id }) => ({ shelf, id })), rest });
}

/** The last post of the page before was deleted meanwhile: go on with what is older. Ids grow with time. */
function resumeByNumber(entries: readonly Entry[], after: string, sort: string): number {
  const isPast = (id: string): boolean =>
    sort === 'published_at' ? Number(id) > Number(after) : Number(id) < Number(after);
  const at = entries.findIndex(({ id }) => isPast(id));
  return at < 0 ? entries.length : at;
}

type Wanted = { shelves: { shelf: Shelf; id: string }[]; rest: Record<string, unknown> };

function documentOf(house: Patreon, call: Call, { shelves, rest }: Wanted): Promise<Reply> {
  const session = sessionOf(house, call.headers);
  const made = shelves.map(({ shelf, id }) => {
    const post = shelf.post(id);
    return post && postResources({ house, creator: shelf.creator, post, session });
  });
  const posts = made.filter((one) => one !== undefined);
  const data = posts.map(({ post }) => (house.settings.listOmitsJson ? withoutJson(post) : post));
  return answer(call, { data, pool: posts.flatMap(({ pool }) => pool) }, rest, defaultInclude);
}

function withoutJson(post: Resource): Resource {
  const { content_json_string: _, ...attributes } = post.attributes;
  return { ...post, attributes };
}

function detail(house: Patreon, call: Call): Promise<Reply> | Reply {
  const found = findPost(house, call.params['id'] ?? '');
  if (!found || house.suspended.has(found.creator.campaignId)) return problem(404);
  const { creator, post } = found;
  const { post: data, pool } = postResources({
    house,
    creator,
    post,
    session: sessionOf(house, call.headers),
  });
  const links = { links: { self: `${house.at.site}/api/posts/${post.id}` } };
  return answer(call, { data, pool }, links, defaultInclude);
}

/** What all supported creators published, newest first; its cursor is a date. */
function stream(house: Patreon, call: Call): Promise<Reply> | Reply {
  if (sessionOf(house, call.headers) !== 'good') return problem(401);
  const before = call.query.get('page[cursor]');
  const limit = before === null ? Number.POSITIVE_INFINITY : Date.parse(before);
  if (Number.isNaN(limit)) return problem(400, 'Invalid value for parameter page[cursor].');
  const all = present(house)
    .flatMap((shelf) => shelf.entries().map((entry) => ({ shelf, ...entry })))
    .filter(({ publishedAt }) => publishedAt < limit)
    .sort((one, other) => other.publishedAt - one.publishedAt);
  const shelves = all.slice(0, Number(call.query.get('page[count]') ?? 20));
  const last = shelves.at(-1);
  const next = last && all.length > shelves.length ? new Date(last.publishedAt).toISOString() : null;
  const query = new URLSearchParams(call.query);
  if (next !== null) query.set('page[cursor]', next);
  const links = next === null ? {} : { links: { next: `${house.at.site}/api/stream?${query.toString()}` } };
  return documentOf(house, call, {
    shelves,
    rest: { ...links, meta: { pagination: { cursors: { next } } } },
  });
}

function oneMedia(house: Patreon, call: Call): Promise<Reply> | Reply {
  const found = fileById(house, call.params['id'] ?? '', sessionOf(house, call.headers));
  if (!found) return problem(404);
  return answer(call, { data: mediaResource(house, found), pool: [] });
}

import type { Call, Route } from '../http.ts';
import { sessionOf } from './access.ts';
import {
  campaignPool,
  campaignResource,
  creatorUser,
  magicTiers,
  memberResource,
} from './creator.resource.ts';
import { present, type Patreon } from './house.ts';
import { answer, many, type Resource } from './jsonapi.ts';
import { problem } from './problems.ts';
import type { Shelf } from './shelf.ts';

/** Who the cookie belongs to, whom they support, and how a creator is found by name. */
export function accountRoutes(house: Patreon): Route[] {
  const of = (id: string | undefined): Shelf | undefined =>
    present(house).find(({ creator }) => creator.campaignId === id || creator.userId === id);
  return [
    ['GET', '/api/current_user', (call) => currentUser(house, call)],
    ['GET', '/api/campaigns', (call) => byVanity(house, call)],
    [
      'GET',
      '/api/campaigns/:id#',
      (call) => {
        const shelf = of(call.params['id']);
        if (!shelf) return problem(404);
        const data = campaignResource(house, shelf.creator);
        return answer(
          call,
          { data, pool: [...campaignPool(house, shelf.creator), ...magicTiers] },
          {},
          'creator,rewards',
        );
      },
    ],
    [
      'GET',
      '/api/user/:id#',
      (call) => {
        const shelf = of(call.params['id']);
        if (!shelf) return problem(404);
        return answer(
          call,
          { data: creatorUser(house, shelf.creator), pool: campaignPool(house, shelf.creator) },
          {},
          'campaign',
        );
      },
    ],
    ['GET', '/api/search', (call) => search(house, call)],
  ];
}

async function currentUser(house: Patreon, call: Call) {
  if (sessionOf(house, call.headers) !== 'good') return problem(401);
  const { viewer } = house.patronage;
  const supported = present(house)
    .map(({ creator }) => ({ creator, member: memberResource(creator) }))
    .filter((one) => one.member !== null);
  const members = supported.map(({ member }) => member).filter((member) => member !== null);
  const [first = '', last = ''] = viewer.name.split(' ');
  const data: Resource = {
    type: 'user',
    id: viewer.id,
    attributes: {
      full_name: viewer.name,
      first_name: first,
      last_name: last,
      vanity: null,
      email: viewer.email,
      about: null,
      image_url: null,
      thumb_url: null,
      url: `https://www.patreon.com/user?u=${viewer.id}`,
      created: '2019-04-11T08:00:00.000+00:00',
      is_creator: false,
    },
    relationships: { active_memberships: many(members) },
  };
  const pool = [...members, ...supported.map(({ creator }) => campaignResource(house, creator))];
  const links = { links: { self: `https://www.patreon.com/api/user/${viewer.id}` } };
  const reply = await answer(call, { data, pool }, links, 'active_memberships.campaign');
  return { ...reply, headers: { 'set-cookie': cookieHeader(house) } };
}

/** The only word about when a cookie ends. Whether the real site says it here is a guess. */
function cookieHeader({ settings }: Patreon): string {
  const { value, expiresAt } = settings.session;
  return `session_id=${value}; Path=/; Expires=${new Date(expiresAt).toUTCString()}; HttpOnly; Secure; SameSite=Lax`;
}

function byVanity(house: Patreon, call: Call) {
  const vanity = call.query.get('filter[vanity]');
  if (vanity === null) return problem(400, 'filter[vanity] is required.');
  const found = present(house).filter(({ creator }) => creator.vanity.toLowerCase() === vanity.toLowerCase());
  const data = found.map(({ creator }) => campaignResource(house, creator));
  const pool = found.flatMap(({ creator }) => campaignPool(house, creator));
  return answer(call, { data, pool }, { meta: { count: data.length } }, 'creator');
}

function search(house: Patreon, call: Call) {
  const words = (call.query.get('q') ?? '').toLowerCase();
  const found = present(house).filter(({ creator }) =>
    [creator.name, creator.vanity, creator.oneLiner].some(
      (text) => words !== '' && text.toLowerCase().includes(words),
    ),
  );
  const data = found.map(({ creator }): Resource => {
    const { name, url, avatar_photo_url, patron_count } = campaignResource(house, creator).attributes;
    return {
      type: 'campaign-document',
      id: `campaign_${creator.campaignId}`,
      attributes: { name, url, avatar_photo_url, patron_count },
    };
  });
  return answer(call, { data, pool: [] }, { meta: { count: data.length } });
}

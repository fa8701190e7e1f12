import { redirect, type Call, type Reply, type Route } from '../http.ts';
import { sessionOf } from './access.ts';
import { cdnUrl } from './addresses.ts';
import { fileById } from './found-file.ts';
import { present, type Patreon } from './house.ts';
import { loginPage, problem } from './problems.ts';

/** What is no API: attachments, the page of a creator, and the door. */
export function siteRoutes(house: Patreon): Route[] {
  return [
    ['GET', '/file', (call) => attachment(house, call)],
    ['HEAD', '/file', (call) => attachment(house, call)],
    ['GET', '/login', () => loginPage()],
    ['GET', '/c/:vanity', (call) => creatorPage(house, call)],
    ['GET', '/c/:vanity/posts', (call) => creatorPage(house, call)],
    ['GET', '/cw/:vanity', (call) => creatorPage(house, call)],
    ['GET', '/cw/:vanity/posts', (call) => creatorPage(house, call)],
    ['GET', '/:vanity/posts', (call) => creatorPage(house, call)],
    ['GET', '/:vanity', (call) => creatorPage(house, call)],
  ];
}

/** `/file?h=<post>&m=<media>`: a way to the file server for those who may, to the door for everybody else. */
function attachment(house: Patreon, call: Call): Reply {
  const session = sessionOf(house, call.headers);
  if (session !== 'good') return redirect(302, `${house.at.site}/login?ru=${encodeURIComponent('/home')}`);
  const found = fileById(house, call.query.get('m') ?? '', session);
  if (!found || found.isLocked || found.owner.id !== call.query.get('h')) return problem(404);
  return redirect(302, cdnUrl(house, found.media, found.owner));
}

/** The page that says the campaign's number to those who cannot ask the API; it changed three times in three years. */
function creatorPage(house: Patreon, call: Call): Reply {
  const vanity = call.params['vanity']?.toLowerCase();
  const all = house.shelves.find(({ creator }) => creator.vanity.toLowerCase() === vanity);
  if (!all) return { status: 404, type: 'text/html; charset=utf-8', body: page('Not found', '') };
  const { creator } = all;
  if (!present(house).includes(all)) {
    const bootstrap = { campaignDisciplinaryStatus: 'suspended', curtainType: 'campaign_removed' };
    return htmlReply(page('Page removed', nextData({ bootstrapEnvelope: { pageBootstrap: bootstrap } })));
  }
  const campaign = { data: { type: 'campaign', id: creator.campaignId, attributes: { name: creator.name } } };
  if (call.path.startsWith('/cw/')) {
    const flight = JSON.stringify(JSON.stringify({ campaign }));
    return htmlReply(page(creator.name, `<script>self.__next_f.push([1,${flight}])</script>`));
  }
  if (call.path.startsWith('/c/')) {
    const old = JSON.stringify({ bootstrap: { campaign } });
    return htmlReply(page(creator.name, `<script>window.patreon = ${old};</script>`));
  }
  return htmlReply(page(creator.name, nextData({ bootstrapEnvelope: { pageBootstrap: { campaign } } })));
}

const nextData = (pageProps: unknown): string =>
  `<script id="__NEXT_DATA__" type="application/json">${JSON.stringify({ props: { pageProps } })}</script>`;
const page = (title: string, body: string): string =>
  `<!DOCTYPE html><html lang="en"><head><title>${title} | Patreon</title></head><body>${body}</body></html>`;
const htmlReply = (body: string): Reply => ({ status: 200, type: 'text/html; charset=utf-8', body });

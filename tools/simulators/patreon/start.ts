/**
 * Patreon as the archive sees it: the API behind the site, its file server and its video server, with state.
 *
 * Two listeners: the site (`url`, for www.patreon.com: `/api/…`, `/file?h=&m=`, pages) and the file server (`cdnUrl`, for
 * c10.patreonusercontent.com: `/4/patreon-media/p/…`), which also plays stream.mux.com under `muxUrl` = `cdnUrl`/mux. The
 * site is 127.0.0.1 and the file server localhost, so that they are two hosts to anybody who keeps cookies. Addresses
 * inside documents that a browser would show (`url` of posts and campaigns) name www.patreon.com; those that a program
 * fetches name the simulator.
 *
 * The cookie is `session_id=demo-session` (`DEMO_SESSION`). Without it there are public posts only, with a wrong or dead
 * one too, and `/api/current_user` says 401. The vanities are tallervalcarcel, mapsandmarrow and cieloyceniza.
 *
 * On command, over HTTP at the site as JSON (`POST`; 204, or 400 with a reason) or by the methods of `act`:
 * see controls.ts for the list. Faults and the log of requests are those of every simulator (`/__sim/faults`,
 * `/__sim/requests`), on each listener for itself; the log of the file server shows any cookie that reached it.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openMediaStore } from '../../seed/patreon/media/store.ts';
import type { Creator, Patronage } from '../../seed/patreon/patronage.ts';
import { seedPatronage } from '../../seed/patreon/seed.ts';
import { type Call, type Reply, type Route } from '../http.ts';
import { createRouter } from '../router.ts';
import { serve, type Listening } from '../serve.ts';
import { createActs, type Acts } from './acts.ts';
import { accountRoutes } from './account.ts';
import { cdnRoutes } from './cdn.ts';
import { collectionRoutes } from './collections.ts';
import { commentRoutes } from './comments.ts';
import { patreonControls } from './controls.ts';
import { addCorpus, corpora, isCorpus, type Corpus } from './corpora.ts';
import { patreonFault } from './faults.ts';
import { guard } from './guard.ts';
import { DEMO_SESSION, type Patreon, type PatreonSettings } from './house.ts';
import { muxRoutes } from './mux.ts';
import { postRoutes } from './posts.ts';
import { problem } from './problems.ts';
import { createShelf } from './shelf.ts';
import { shopRoutes } from './shop.ts';
import { siteRoutes } from './site.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

export type PatreonOptions = {
  /** The site's; the file server takes the next one. Free ones when left out. */
  port?: number;
  host?: string;
  now?: () => Date;
  /** Where made media are kept. */
  mediaFolder?: string;
  /** Whether there are programs to make speech and films with; looked for when left out. */
  hasSound?: () => Promise<boolean>;
  settings?: Partial<PatreonSettings>;
};

export type PatreonSimulator = Listening & {
  cdn: Listening;
  cdnUrl: string;
  muxUrl: string;
  /** What a person pastes. */
  cookie: string;
  house: Patreon;
  /** What happens there on command. */
  act: Acts & { addCorpus: (corpus: Corpus) => Creator };
};

const root = join(import.meta.dirname, '..', '..', '..');

export async function startPatreon(
  seed?: Patronage,
  options: PatreonOptions = {},
): Promise<PatreonSimulator> {
  const { now = () => new Date(), mediaFolder = join(root, 'data', 'patreon-media') } = options;
  const patronage = structuredClone(seed ?? seedPatronage({ now: now() }));
  const clock = { aheadMs: 0 };
  const house: Patreon = {
    patronage,
    shelves: patronage.creators.map((creator) => createShelf(creator)),
    settings: { ...defaultSettings(now()), ...options.settings },
    store: openMediaStore(mediaFolder, options.hasSound),
    at: { site: '', cdn: '', mux: '' },
    now: () => now().getTime() + clock.aheadMs,
    clock,
    cursors: { bornAfter: 0 },
    suspended: new Set(),
    viewable: new Map(),
    gone: new Set(),
    recentCalls: [],
    written: 0,
  };
  const { host, port } = options;
  const act = createActs(house);
  const site = await serve({
    answer: answerOf(house, siteTable(house)),
    controls: patreonControls(house, act),
    faultReply: patreonFault,
    port,
    host,
  });
  const cdn = await serve({
    answer: answerOf(house, [...muxRoutes(house), ...cdnRoutes(house)]),
    port: port === undefined ? undefined : port + 1,
    host,
  });
  const cdnUrl = cdn.url.replace('127.0.0.1', 'localhost');
  Object.assign(house.at, { site: site.url, cdn: cdnUrl, mux: `${cdnUrl}/mux` });
  return {
    ...site,
    cdn,
    cdnUrl,
    muxUrl: house.at.mux,
    cookie: `session_id=${house.settings.session.value}`,
    house,
    act: { ...act, addCorpus: (corpus) => addCorpus(house, corpus) },
    close: async () => void (await Promise.all([site.close(), cdn.close()])),
  };
}

const defaultSettings = (now: Date): PatreonSettings => ({
  session: { value: DEMO_SESSION, expiresAt: now.getTime() + 30 * DAY_MS },
  deadSession: 'anonymous',
  minAppVersion: 100,
  cursorLifeMs: 30 * MINUTE_MS,
  deadCursor: 'error',
  listOmitsJson: false,
  rate: null,
  linkLifeMs: 13 * DAY_MS,
  videoTokenLifeMs: 12 * 60 * MINUTE_MS,
});

const siteTable = (house: Patreon): Route[] => [
  ...accountRoutes(house),
  ...commentRoutes(house),
  ...postRoutes(house),
  ...collectionRoutes(house),
  ...shopRoutes(house),
  ...siteRoutes(house),
];

function answerOf(house: Patreon, routes: readonly Route[]) {
  const find = createRouter(routes);
  return (call: Call): Reply | Promise<Reply> => {
    const refused = guard(house, call);
    if (refused) return refused;
    const match = find(call);
    return match ? match.handler({ ...call, params: match.params }) : problem(404);
  };
}

/** `node tools/simulators/patreon/start.ts --port 4801 --corpus bench`: in a process of its own, as benches want it. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      host: { type: 'string', default: '127.0.0.1' },
      corpus: { type: 'string', multiple: true, default: [] },
      /** Nobody but the corpora. */
      alone: { type: 'boolean', default: false },
    },
  });
  const unknown = values.corpus.find((name) => !isCorpus(name));
  if (unknown !== undefined) throw new Error(`--corpus ${unknown}: there are ${corpora.join(', ')}`);
  const { port, host, alone } = values;
  const patreon = await startPatreon(alone ? { ...seedPatronage(), creators: [] } : undefined, {
    host,
    ...(port === undefined ? {} : { port: Number(port) }),
  });
  values.corpus.filter(isCorpus).forEach(patreon.act.addCorpus);
  const { url, cdnUrl, muxUrl, cookie } = patreon;
  process.stdout.write(`${JSON.stringify({ url, cdnUrl, muxUrl, cookie })}\n`);
  const stop = (): void => void patreon.close().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

if (import.meta.main) await main();

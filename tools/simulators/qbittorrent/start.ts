import type { Household } from '../../seed/household.ts';
import { empty, json, text, type Call, type Reply } from '../http.ts';
import { serve, type Listening } from '../serve.ts';
import {
  createTorrents,
  sizeOf,
  torrentsOf,
  type TorrentOptions,
  type TorrentRow,
  type Torrents,
} from '../torrents/torrents.ts';
import { asWorld, type World, type WorldOptions } from '../world.ts';

export type QbittorrentOptions = TorrentOptions;
export type QbittorrentSimulator = Listening & {
  apiKey: string;
  world: World;
  torrents: Torrents;
  /** Every session is forgotten, as after a restart. */
  restart: () => void;
};

/** Its default: after five wrong passwords an address is shut out for an hour. */
const MOST_FAILURES = 5;

/** qBittorrent with Web API 2: 4.x and 5.0 answer the login with words, 5.2 and later without, under another cookie. */
export async function startQbittorrent(
  home: Household | World,
  options: QbittorrentOptions & WorldOptions = {},
): Promise<QbittorrentSimulator> {
  const { world, isOwn } = asWorld(home, options);
  const { user = 'admin', password = 'adminadmin', version = '5.1.2' } = options;
  const torrents = createTorrents(world, options.torrents ?? torrentsOf(world.household));
  const sessions = new Set<string>();
  const isQuiet = Number.parseFloat(version) >= 5.2;
  let failures = 0;

  function logIn({ body }: Call): Reply {
    if (failures >= MOST_FAILURES)
      return text(403, 'Your IP address has been banned after too many failed authentication attempts.');
    const fields = new URLSearchParams(body.toString('utf8'));
    if (fields.get('username') !== user || fields.get('password') !== password) {
      failures += 1;
      return isQuiet ? empty(401) : text(200, 'Fails.');
    }
    const id = `sid${String(sessions.size)}+/=${String(Math.trunc(world.now().getTime() / 1000))}`;
    sessions.add(id);
    const name = isQuiet ? 'QBT_SID_8080' : 'SID';
    const cookie = { 'set-cookie': `${name}=${id}; HttpOnly; SameSite=Strict; path=/` };
    return isQuiet ? { status: 204, headers: cookie } : { ...text(200, 'Ok.'), headers: cookie };
  }

  function answer(call: Call): Reply {
    // The simulated disk, for a program in another process: nothing that a real one has.
    if (call.path === '/disk') return json(200, world.storage.lookAt(call.query.get('path') ?? ''));
    if (!call.path.startsWith('/api/v2/')) return text(404, 'Not Found');
    if (!isOwnPage(call)) return text(401, 'Unauthorized');
    if (call.path === '/api/v2/auth/login') return call.method === 'POST' ? logIn(call) : empty(405);
    const sent = /=(sid[^;]*)/.exec(call.headers.cookie ?? '')?.[1];
    if (sent === undefined || !sessions.has(sent)) return text(403, 'Forbidden');
    return inside(torrents, version, call);
  }

  const listening = await serve({ answer, port: options.port, host: options.host });
  return {
    ...listening,
    apiKey: `${user}:${password}`,
    world,
    torrents,
    restart: () => sessions.clear(),
    close: async () => {
      await listening.close();
      if (isOwn) await world.close();
    },
  };
}

/** Its protection against forged requests: who says where he comes from must come from here. */
function isOwnPage({ headers }: Call): boolean {
  const from = headers.origin ?? headers.referer;
  return from !== undefined && new URL(from).host === headers.host;
}

function inside(torrents: Torrents, version: string, { method, path, query, body }: Call): Reply {
  switch (`${method} ${path.slice('/api/v2/'.length)}`) {
    case 'GET app/version':
      return text(200, `v${version}`);
    case 'GET torrents/info': {
      const wanted = query.get('hashes')?.split('|');
      return json(
        200,
        torrents
          .all()
          .filter((row) => wanted === undefined || wanted.includes(row.hash))
          .map(resource),
      );
    }
    case 'GET torrents/files': {
      const row = torrents.find(query.get('hash') ?? '');
      if (row === undefined) return text(404, 'Not Found');
      return json(
        200,
        row.files.map(({ name, sizeBytes }, index) => ({
          index,
          name,
          size: sizeBytes,
          progress: row.progress,
          priority: 1,
          is_seed: row.progress === 1,
          piece_range: [0, 1],
          availability: 1,
        })),
      );
    }
    case 'POST torrents/delete': {
      const fields = new URLSearchParams(body.toString('utf8'));
      for (const hash of (fields.get('hashes') ?? '').split('|'))
        torrents.remove(hash, fields.get('deleteFiles') === 'true');
      return text(200, '');
    }
    default:
      return text(404, 'Not Found');
  }
}

const STATES = { seeding: 'stalledUP', checking: 'checkingUP', downloading: 'downloading' };

const resource = (row: TorrentRow) => ({
  hash: row.hash,
  infohash_v1: row.hash,
  infohash_v2: '',
  name: row.name,
  save_path: row.savePath,
  content_path: `${row.savePath}/${row.files[0]?.name ?? ''}`,
  size: sizeOf(row),
  total_size: sizeOf(row),
  ratio: row.ratio,
  seeding_time: row.seedingSeconds,
  progress: row.progress,
  amount_left: Math.round(sizeOf(row) * (1 - row.progress)),
  state: STATES[row.doing],
  category: row.category,
  tags: '',
});

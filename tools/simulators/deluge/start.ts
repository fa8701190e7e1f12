import type { Household } from '../../seed/household.ts';
import { fieldsOf, html, type Call, type Reply } from '../http.ts';
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

export type DelugeSimulator = Listening & {
  apiKey: string;
  world: World;
  torrents: Torrents;
  /** Sessions are forgotten, and it is connected to no daemon. */
  restart: () => void;
};

const HOST = 'c0ffee00c0ffee00c0ffee00c0ffee00';

type Told = { result: unknown; error: { message: string; code: number } | null; cookie?: string };

const told = (result: unknown): Told => ({ result, error: null });
const failed = (message: string, code: number): Told => ({ result: null, error: { message, code } });

/** The web interface of Deluge 2 with the daemon behind it; without `daemon.get_version` it is 1.3. */
export async function startDeluge(
  home: Household | World,
  options: TorrentOptions & WorldOptions = {},
): Promise<DelugeSimulator> {
  const { world, isOwn } = asWorld(home, options);
  const { password = 'deluge', version = '2.1.1' } = options;
  const torrents = createTorrents(world, options.torrents ?? torrentsOf(world.household));
  const sessions = new Set<string>();
  let isConnected = false;
  let logins = 0;

  function web(method: string, params: readonly unknown[], session: string): Told {
    if (method === 'auth.login') {
      if (params[0] !== password) return told(false);
      logins += 1;
      sessions.add(`s${String(logins)}`);
      return { ...told(true), cookie: `s${String(logins)}` };
    }
    if (!sessions.has(session)) return failed('Not authenticated', 1);
    switch (method) {
      case 'web.connected':
        return told(isConnected);
      case 'web.get_hosts':
        return told([[HOST, '127.0.0.1', 58846, 'localclient']]);
      case 'web.connect':
        isConnected = params[0] === HOST;
        return isConnected ? told([]) : failed('Host not found', 4);
      default:
        return isConnected ? daemon(torrents, version, method, params) : failed('Unknown method', 2);
    }
  }

  function answer(call: Call): Reply {
    if (call.path !== '/json' || call.method !== 'POST') return html('Deluge: Web UI');
    const { method, params, id } = fieldsOf(call);
    const session = /_session_id=([^;]+)/.exec(call.headers.cookie ?? '')?.[1] ?? '';
    const { cookie, ...rest } = web(String(method), Array.isArray(params) ? params : [], session);
    return {
      status: 200,
      // Its own name for JSON.
      type: 'application/x-json',
      body: JSON.stringify({ ...rest, id }),
      ...(cookie ? { headers: { 'set-cookie': `_session_id=${cookie}; Path=/json` } } : {}),
    };
  }

  const listening = await serve({ answer, port: options.port, host: options.host });
  return {
    ...listening,
    apiKey: password,
    world,
    torrents,
    restart: () => {
      sessions.clear();
      isConnected = false;
    },
    close: async () => {
      await listening.close();
      if (isOwn) await world.close();
    },
  };
}

function daemon(torrents: Torrents, version: string, method: string, params: readonly unknown[]): Told {
  switch (method) {
    case 'daemon.get_version':
      return version.startsWith('1.') ? failed('Unknown method', 2) : told(version);
    case 'daemon.info':
      return told(version);
    case 'core.get_torrents_status': {
      const { id } = (params[0] ?? {}) as { id?: string[] };
      const keys = (params[1] ?? []) as string[];
      const rows = torrents.all().filter((row) => id === undefined || id.includes(row.hash));
      return told(Object.fromEntries(rows.map((row) => [row.hash, only(keys, resource(row))])));
    }
    case 'core.remove_torrent': {
      const hash = String(params[0]);
      if (torrents.remove(hash, params[1] === true)) return told(true);
      return failed(`InvalidTorrentError: torrent_id ${hash} not in session.`, 4);
    }
    default:
      return failed('Unknown method', 2);
  }
}

const only = (keys: readonly string[], row: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(row).filter(([name]) => keys.includes(name)));

const STATES = { seeding: 'Seeding', checking: 'Checking', downloading: 'Downloading' };

const resource = (row: TorrentRow): Record<string, unknown> => ({
  name: row.name,
  save_path: row.savePath,
  total_size: sizeOf(row),
  ratio: row.ratio,
  seeding_time: row.seedingSeconds,
  is_finished: row.progress === 1,
  progress: row.progress * 100,
  state: STATES[row.doing],
  label: row.category,
  files: row.files.map(({ name, sizeBytes }, index) => ({ index, path: name, size: sizeBytes, offset: 0 })),
});

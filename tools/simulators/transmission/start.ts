import type { Household } from '../../seed/household.ts';
import { fieldsOf, html, json, type Call, type Reply } from '../http.ts';
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

export type TransmissionSimulator = Listening & {
  apiKey: string;
  world: World;
  torrents: Torrents;
  restart: () => void;
};

const SESSION = 'X-Transmission-Session-Id';

/** Transmission 4 with the RPC that 2.4 to 4.1 share. */
export async function startTransmission(
  home: Household | World,
  options: TorrentOptions & WorldOptions = {},
): Promise<TransmissionSimulator> {
  const { world, isOwn } = asWorld(home, options);
  const { user = 'admin', password = 'transmission', version = '4.0.6 (38c164933e)' } = options;
  const torrents = createTorrents(world, options.torrents ?? torrentsOf(world.household));
  const basic = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  let session = 1;

  function answer(call: Call): Reply {
    if (call.headers.authorization !== basic)
      return {
        ...html('401: Unauthorized'),
        status: 401,
        headers: { 'www-authenticate': 'Basic realm="Transmission"' },
      };
    if (call.path !== '/transmission/rpc') return html('Transmission Web Interface');
    const id = `session${String(session)}`;
    if (call.headers[SESSION.toLowerCase()] !== id)
      return { ...html('409: Conflict'), status: 409, headers: { [SESSION]: id } };
    if (call.method !== 'POST') return { ...html('405: Method Not Allowed'), status: 405 };
    const { method, arguments: given, tag } = fieldsOf(call);
    const told = inside(torrents, version, String(method), given ?? {});
    return json(200, { ...told, ...(tag === undefined ? {} : { tag }) });
  }

  const listening = await serve({ answer, port: options.port, host: options.host });
  return {
    ...listening,
    apiKey: `${user}:${password}`,
    world,
    torrents,
    restart: () => void (session += 1),
    close: async () => {
      await listening.close();
      if (isOwn) await world.close();
    },
  };
}

type Arguments = { ids?: unknown; fields?: unknown; 'delete-local-data'?: unknown };

function inside(torrents: Torrents, version: string, method: string, given: Arguments) {
  const ids = Array.isArray(given.ids) ? given.ids.map(String) : undefined;
  const wanted = torrents.all().filter((row) => ids === undefined || ids.includes(row.hash));
  switch (method) {
    case 'session-get':
      return { result: 'success', arguments: { version, 'rpc-version': 17, 'download-dir': '/downloads' } };
    case 'torrent-get': {
      const fields = Array.isArray(given.fields) ? given.fields.map(String) : [];
      if (fields.length === 0) return { result: 'no fields specified', arguments: {} };
      return { result: 'success', arguments: { torrents: wanted.map((row) => only(fields, resource(row))) } };
    }
    case 'torrent-remove':
      // Without ids it means every torrent: the trap that a caller must know.
      for (const { hash } of wanted) torrents.remove(hash, given['delete-local-data'] === true);
      return { result: 'success', arguments: {} };
    default:
      return { result: 'method name not recognized', arguments: {} };
  }
}

const only = (fields: readonly string[], row: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(row).filter(([name]) => fields.includes(name)));

const STATUS = { seeding: 6, checking: 2, downloading: 4 };

const resource = (row: TorrentRow): Record<string, unknown> => ({
  id: Number.parseInt(row.hash.slice(0, 6), 16),
  hashString: row.hash,
  name: row.name,
  downloadDir: row.savePath,
  totalSize: sizeOf(row),
  uploadRatio: row.ratio,
  secondsSeeding: row.seedingSeconds,
  percentDone: row.progress,
  leftUntilDone: Math.round(sizeOf(row) * (1 - row.progress)),
  status: STATUS[row.doing],
  error: 0,
  labels: row.category === '' ? [] : [row.category],
  files: row.files.map(({ name, sizeBytes }) => ({
    name,
    length: sizeBytes,
    bytesCompleted: Math.round(sizeBytes * row.progress),
  })),
});

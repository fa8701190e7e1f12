import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { known } from '#core/fact.ts';
import { realDisk } from '#features/archive/server/media/disk.ts';
import { createFileStore } from '#features/archive/server/media/store.files.ts';
import { timed, type Measurement } from './measurement.ts';

const MEGABYTE = 1_000_000;
/** A film in pieces of its host, and a gallery: the one is bytes, the other is files. */
const FILM = { files: 2, bytes: 200 * MEGABYTE };
const PICTURES = { files: 200, bytes: 0.4 * MEGABYTE };
const ROUNDS = 3;

type Load = typeof FILM;

/** In a thread of its own, so that serving takes no time from whoever is measured. */
function serve(): void {
  const piece = Buffer.alloc(64 * 1024, 'bytes of a film ');
  const server = createServer(({ url = '/' }, response) => {
    const [, size = '0', number = '0'] = url.split('/');
    const length = Number(size);
    response.writeHead(200, { 'content-length': length });
    const pieces = function* () {
      yield Buffer.from(number.padStart(8, '0')); // no two are the same
      for (let left = length - 8; left > 0; left -= piece.length) yield piece.subarray(0, left);
    };
    void pipeline(Readable.from(pieces(), { objectMode: false }), response).catch(() => undefined);
  });
  server.listen(0, '127.0.0.1', () => parentPort?.postMessage((server.address() as AddressInfo).port));
}

if (!isMainThread) serve();

type Take = (body: Readable, number: number) => Promise<void>;

/** MB/s, one after the other. */
async function speed(port: number, load: Load, first: number, take: Take): Promise<number> {
  const { ms } = await timed(async () => {
    for (let number = first; number < first + load.files; number += 1) {
      const response = await fetch(`http://127.0.0.1:${port}/${load.bytes}/${number}`);
      if (!response.body) throw new Error('The host sent nothing');
      await take(Readable.fromWeb(response.body as never), number);
    }
  });
  return (load.files * load.bytes) / MEGABYTE / (ms / 1000);
}

const middle = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

/** What comes from a host is hashed, written, synced and shown; beside it the same bytes, only written. */
export async function measureMedia(): Promise<Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'keepercheky-bench-'));
  const worker = new Worker(new URL(import.meta.url));
  const port = await new Promise<number>((resolve) => worker.once('message', resolve));
  const { store } = createFileStore({
    root: join(folder, 'media'),
    disk: realDisk,
    identity: { read: () => Promise.resolve(null), keep: (id) => Promise.resolve(id) },
    freeSpace: () => Promise.resolve(known({ freeBytes: 1e15, totalBytes: 1e15 })),
    reserveBytes: () => Promise.resolve(0),
    newId: () => 'bench',
  });
  const { signal } = new AbortController();
  const toFile: Take = (body, number) => pipeline(body, createWriteStream(join(folder, `bare-${number}`)));
  const toStore: Take = async (body, number) => {
    const part = { key: `bench-${number}`, fromByte: 0, validator: null };
    const received = await store.receive(body, { signal, part });
    if (!received.ok) throw new Error(received.error.code);
    const placed = await received.value.place();
    if (!placed.ok) throw new Error(placed.error.code);
  };

  async function compare(load: Load): Promise<{ store: number; bare: number }> {
    const speeds: { store: number[]; bare: number[] } = { store: [], bare: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      speeds.bare.push(await speed(port, load, round * load.files, toFile));
      speeds.store.push(await speed(port, load, round * load.files, toStore));
    }
    return { store: middle(speeds.store), bare: middle(speeds.bare) };
  }

  const films = await compare(FILM);
  const pictures = await compare(PICTURES);
  await worker.terminate();
  rmSync(folder, { recursive: true, force: true });
  const row = (what: string, { store: ours, bare }: { store: number; bare: number }, budget: number) => ({
    name: `${what}, hashed and stored at ${Math.round(ours)} MB/s: share of bare fetch to file (${Math.round(bare)} MB/s)`,
    value: (ours / bare) * 100,
    unit: '%',
    budget,
    atLeast: true,
  });
  return [row('media of 200 MB', films, 50), row('media of 0.4 MB', pictures, 20)];
}

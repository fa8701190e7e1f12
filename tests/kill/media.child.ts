import type { FileHandle } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { known } from '#core/fact.ts';
import type { PostMediaId } from '#core/ids.ts';
import { err, ok } from '#core/result.ts';
import { usualMediaSettings } from '#features/archive/core/media-store.ts';
import { realDisk, type Disk } from '#features/archive/server/media/disk.ts';
import { createDownloads } from '#features/archive/server/media/downloads.service.ts';
import { createDownloadRows } from '#features/archive/server/media/downloads.store.ts';
import { createFileRows } from '#features/archive/server/media/files.store.ts';
import { createOrphanService } from '#features/archive/server/media/orphans.service.ts';
import { createMediaSettingsStore } from '#features/archive/server/media/settings.store.ts';
import { createFileStore } from '#features/archive/server/media/store.files.ts';
import { createOrphanRows } from '#features/archive/server/media/upkeep.store.ts';
import type { DownloadWish, Source } from '#features/archive/server/ports.ts';
import { openDb, sql } from '../../src/server/platform/db.ts';
import { deathRow } from './death-row.ts';

export type Command = { databaseUrl: string; root: string; hostUrl: string; dieAt: number } & (
  { is: 'download'; id: PostMediaId } | { is: 'tidy'; atMs: number }
);

async function obey(command: Command): Promise<string> {
  const { mortal } = deathRow(command.dieAt);
  const opened = await openDb({ databaseUrl: command.databaseUrl }, { maxConnections: 3 });
  if (!opened.ok) throw new Error(opened.error.code);
  const { db, close } = opened.value;
  const clock = { now: () => new Date(command.is === 'tidy' ? command.atMs : Date.now()) };
  const identity = createMediaSettingsStore(db).identity;
  const { store, parts, typeOf } = createFileStore({
    root: command.root,
    disk: mortalDisk(mortal),
    identity: mortal(identity),
    freeSpace: async () => known({ freeBytes: 1e12, totalBytes: 1e12 }),
    reserveBytes: async () => 0,
    newId: () => crypto.randomUUID(),
  });
  const files = mortal(createFileRows(db, clock));
  const { signal } = new AbortController();
  try {
    if (command.is === 'tidy') {
      const orphans = createOrphanService({
        rows: mortal(createOrphanRows(db)),
        files,
        store,
        parts,
        typeOf,
        settings: async () => usualMediaSettings,
        onRemoved: async () => undefined,
        clock,
      });
      return JSON.stringify(await orphans.tidy(signal));
    }
    const downloads = createDownloads({
      rows: mortal(createDownloadRows(db)),
      files,
      store,
      parts,
      // Whoever is killed keeps its place for a minute; that is not what dies here.
      places: { take: async () => ({ lost: signal, release: async () => undefined }) },
      settings: async () => ({ ...usualMediaSettings, reserveBytes: 0 }),
      open: async () =>
        ok({
          source: { download: (wish: DownloadWish) => download(command.hostUrl, wish) } as unknown as Source,
          stored: {
            settings: {
              pacing: { minPauseMs: 0, maxPauseMs: 0, downloads: 1 },
              userAgent: '',
              mostBytes: null,
            },
            state: { is: 'unchecked' },
          },
        }),
      onStored: async (transaction, { sha256 }) =>
        void (await transaction.execute(sql`insert into kill_told (sha256) values (${sha256})`)),
      clock,
      random: () => 0,
      stallMs: 60_000,
    });
    return JSON.stringify(await downloads.run(command.id, { signal, progress: () => undefined }));
  } finally {
    await close();
  }
}

/** Dies in the middle of a file too: before its next piece, before it is synced, before it is closed. */
function mortalDisk(mortal: <T extends object>(port: T) => T): Disk {
  const disk = mortal({ ...realDisk });
  const steps = ['write', 'sync', 'truncate', 'close'] as const;
  return {
    ...disk,
    open: async (...how) => {
      const handle: FileHandle = await disk.open(...how);
      const step = mortal(Object.fromEntries(steps.map((name) => [name, () => undefined])));
      return new Proxy(handle, {
        get(target, name: keyof FileHandle) {
          const member: unknown = Reflect.get(target, name);
          if (typeof member !== 'function') return member;
          return (...args: unknown[]) => {
            step[name as (typeof steps)[number]]?.();
            return (member as (...all: unknown[]) => unknown).apply(target, args);
          };
        },
      });
    },
  };
}

/** As a plugin does it: with the part that is there, on the condition that it is of the same bytes. */
async function download(hostUrl: string, { media, fromByte, validator }: DownloadWish) {
  const headers: Record<string, string> =
    fromByte > 0 && validator !== null ? { range: `bytes=${fromByte}-`, 'if-range': validator } : {};
  const response = await fetch(`${hostUrl}/${media.externalId}`, { headers });
  if (!response.ok || !response.body)
    return err({ code: 'source.server-error' as const, status: response.status });
  const isPart = response.status === 206;
  return ok({
    body: Readable.fromWeb(response.body as never),
    fromByte: isPart ? fromByte : 0,
    sizeBytes: Number(response.headers.get('content-length')) + (isPart ? fromByte : 0),
    mimeType: response.headers.get('content-type'),
    fileName: null,
    validator: response.headers.get('etag'),
  });
}

for await (const line of createInterface({ input: process.stdin })) {
  const answer = await obey(JSON.parse(line) as Command);
  process.stdout.write(`${answer}\n`);
}

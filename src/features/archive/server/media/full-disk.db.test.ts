import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { eq } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { ok } from '#core/result.ts';
import { freeSpace } from '#server/platform/files.ts';
import { openTestDatabase } from '../../../../../tests/support/database.ts';
import { postMedia } from './post-media.tables.ts';
import { realDisk } from './disk.ts';
import { createDownloads } from './downloads.service.ts';
import { createDownloadRows } from './downloads.store.ts';
import { createFileRows } from './files.store.ts';
import { gives, scriptedSource, seedCreator, seedPlace, settings, sourceSettings } from './media.fake.ts';
import { createPlaces } from './places.store.ts';
import { createFileStore } from './store.files.ts';

const folder = mkdtempSync(join(tmpdir(), 'kc-small-disk-'));

/** A disk of half a megabyte, where we may mount one: as root on Linux, and not in every container. */
const hasDisk = ((): boolean => {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();
afterAll(() => {
  if (hasDisk) execFileSync('umount', [folder]);
  rmSync(folder, { recursive: true, force: true });
});

test.skipIf(!hasDisk)(
  'a disk that fills up in the middle is named, given back, and gone on with later',
  async () => {
    const database = await openTestDatabase();
    const { db } = database;
    const clock = { now: () => new Date() };
    const root = join(folder, 'media');
    let id: string | null = null;
    const { store, parts } = createFileStore({
      root,
      disk: realDisk,
      identity: { read: async () => id, keep: async (given) => (id ??= given) },
      freeSpace,
      reserveBytes: async () => 0,
      newId: () => 'the store',
    });
    const film = Buffer.alloc(700_000, 'a film ');
    const { source } = scriptedSource(() =>
      gives('', {
        body: Readable.from(
          Array.from({ length: 7 }, (_, at) => film.subarray(at * 100_000, (at + 1) * 100_000)),
        ),
        validator: '"v1"',
      }),
    );
    const downloads = createDownloads({
      rows: createDownloadRows(db),
      files: createFileRows(db, clock),
      store,
      parts,
      places: createPlaces(db, () => crypto.randomUUID()),
      settings,
      open: async () => ok({ source, stored: { settings: sourceSettings, state: { is: 'unchecked' } } }),
      onStored: async () => undefined,
      clock,
      random: () => 0,
      stallMs: 60_000,
    });
    const { creatorId } = await seedCreator(db);
    const place = await seedPlace(db, creatorId);
    const run = { signal: new AbortController().signal, progress: () => undefined };
    const row = async () => (await db.select().from(postMedia).where(eq(postMedia.id, place.id)))[0];

    expect(await downloads.run(place.id, run)).toMatchObject({
      is: 'later',
      afterMs: 600_000,
      why: /^download\.disk-full/,
    });
    expect(await row()).toMatchObject({ state: 'waiting', tries: 0, gap: null });
    expect(await readdir(join(root, 'incoming'))).toEqual([]);

    execFileSync('mount', ['-o', 'remount,size=8m', folder]); // somebody made room
    expect(await downloads.run(place.id, run)).toEqual({ is: 'done' });
    expect(await row()).toMatchObject({ state: 'stored' });
    await database.close();
  },
);

import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import type { CreatorId, PostMediaId, Sha256, SourceId } from '#core/ids.ts';
import { ok } from '#core/result.ts';
import type { Database } from '#server/platform/db.ts';
import type { SourceState } from '../../core/source.ts';
import { postMedia } from './post-media.tables.ts';
import type { DownloadDeps } from './downloads.ports.ts';
import { createDownloads } from './downloads.service.ts';
import { createDownloadRows } from './downloads.store.ts';
import { createFileRows } from './files.store.ts';
import {
  aFileStore,
  aFolder,
  aMedia,
  scriptedSource,
  seedCreator,
  seedPlace,
  settings,
  sourceSettings,
  type Script,
} from './media.fake.ts';
import { createPlaces } from './places.store.ts';

export const now = new Date('2026-03-01T12:00:00Z');
const clock = { now: () => now };
const { signal } = new AbortController();
export const run = { signal, progress: () => undefined };

/** Downloads over a real database and a real folder, from a source that does as it is told. */
export function downloadHouses(database: Pick<Database, 'db'>) {
  const open: { remove: () => Promise<void> }[] = [];

  async function aHouse(script: Script, changes: Partial<DownloadDeps> & { state?: SourceState } = {}) {
    const place = await aFolder();
    open.push(place);
    const root = join(place.folder, 'media');
    const { store, parts } = aFileStore(root);
    await store.state();
    const { source, asked } = scriptedSource(script);
    const stored: string[] = [];
    const state: SourceState = changes.state ?? { is: 'unchecked' };
    const deps: DownloadDeps = {
      rows: createDownloadRows(database.db),
      files: createFileRows(database.db, clock),
      store,
      parts,
      places: createPlaces(database.db, () => crypto.randomUUID()),
      settings,
      open: async () => ok({ source, stored: { settings: sourceSettings, state } }),
      onStored: async (_transaction, { sha256 }) => void stored.push(sha256),
      clock,
      random: () => 0,
      stallMs: 60_000,
      ...changes,
    };
    return {
      root,
      folder: place.folder,
      deps,
      store,
      parts,
      asked,
      stored,
      downloads: createDownloads(deps),
    };
  }

  const rowOf = async (id: PostMediaId) =>
    (await database.db.select().from(postMedia).where(eq(postMedia.id, id)))[0];

  /** The hash of a place that has its bytes. */
  async function shaOf(id: PostMediaId): Promise<Sha256> {
    const sha256 = (await rowOf(id))?.sha256;
    if (!sha256) throw new Error('There are no bytes yet');
    return sha256;
  }

  async function aPlace(
    media = aMedia(),
  ): Promise<{ id: PostMediaId; creatorId: CreatorId; sourceId: SourceId }> {
    const { creatorId, sourceId } = await seedCreator(database.db);
    return { ...(await seedPlace(database.db, creatorId, media)), creatorId, sourceId };
  }

  return {
    aHouse,
    rowOf,
    shaOf,
    aPlace,
    removeAll: async () => {
      for (const one of open.splice(0)) await one.remove();
    },
  };
}

import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConnectionId, ItemId } from '#core/ids.ts';
import { sharpOf } from '#server/platform/sharp.ts';
import { titleOf } from '../core/item.ts';
import type { PosterSource } from './ports.ts';

/** Twice the widest place a poster has on a page, for sharp screens. */
const WIDTH = 360;
const HEIGHT = 540;
/** A service without the picture is not asked again for a while. */
const ASK_AGAIN_AFTER_MS = 3_600_000;
/** 50 megapixels: more is not a poster but an attack on our memory. */
const MOST_PIXELS = 50_000_000;

export type PosterDeps = {
  folder: string;
  source: (id: ConnectionId) => Promise<PosterSource>;
  clock: { now(): Date };
};

export type PosterService = ReturnType<typeof createPosterService>;

/** Posters pass through here so that a page never needs a service's key, and works when the service is down. */
export function createPosterService({ folder, source, clock }: PosterDeps) {
  const missing = new Map<string, number>();
  const underWay = new Map<string, Promise<Uint8Array | null>>();

  async function fetchPoster(path: string, at: { connectionId: ConnectionId; externalId: number }) {
    const picture = await (await source(at.connectionId)).poster(at.externalId);
    if (!picture) return null;
    const opened = await sharpOf(picture, { limitInputPixels: MOST_PIXELS });
    const small = await opened
      .rotate()
      .resize(WIDTH, HEIGHT, { fit: 'cover' })
      .webp({ quality: 78 })
      .toBuffer()
      .catch(() => null); // not a picture after all
    if (!small) return null;
    await mkdir(folder, { recursive: true });
    await writeFile(`${path}.new`, small);
    await rename(`${path}.new`, path);
    return small;
  }

  return {
    /** WebP, 360 × 540; null when there is no such item or no picture of it. */
    async poster(id: ItemId): Promise<Uint8Array | null> {
      const at = titleOf(id);
      if (!at) return null;
      const name = `${at.connectionId}-${at.externalId}.webp`;
      const path = join(folder, name);
      const kept = await readFile(path).catch(() => null);
      if (kept) return kept;
      if (clock.now().getTime() - (missing.get(name) ?? 0) < ASK_AGAIN_AFTER_MS) return null;

      const fetching = underWay.get(name) ?? fetchPoster(path, at).finally(() => underWay.delete(name));
      underWay.set(name, fetching);
      const fetched = await fetching.catch(() => null);
      if (!fetched) missing.set(name, clock.now().getTime());
      return fetched;
    },
  };
}

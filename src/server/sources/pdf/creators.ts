import { basename } from 'node:path';
import type { SourceCreator } from '#features/archive/core/post.ts';
import { pictureIn } from '../shared/folder.ts';
import { OWN, type Layout, type Walked } from './walk.ts';

/** Whoever has a folder of their own in it, and the one whom the files beside them belong to. */
export async function creatorsOf({ root, creator }: Layout, { sightings }: Walked): Promise<SourceCreator[]> {
  const ids = [...new Set(sightings.map((one) => one.creator))].sort();
  return Promise.all(
    ids.map(async (externalId) => ({
      externalId,
      name: externalId === OWN ? (creator ?? basename(root)) : externalId,
      url: null,
      summary: null,
      avatar: await pictureIn(root, externalId, 'avatar'),
      cover: await pictureIn(root, externalId, 'cover'),
      tiers: [],
      membership: 'own' as const,
      postCount: null,
    })),
  );
}

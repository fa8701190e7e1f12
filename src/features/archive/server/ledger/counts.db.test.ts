import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CreatorId } from '#core/ids.ts';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { aSha, aShelf, minute } from '../reading/shelf.fake.ts';
import { countByCreator } from './counts.store.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.close());

const CREATORS = ['ana', 'eva'] as CreatorId[];
const FILES = [1, 2, 3];
const sizeOf = (file: number) => file * 1000;

const aPlace = fc.record({
  /** Those of a damaged file wait, or have become gaps, with their hash. */
  file: fc.constantFrom(null, ...FILES),
  state: fc.constantFrom('stored' as const, 'waiting' as const, 'gap' as const),
  reason: fc.constantFrom('drm' as const, 'vanished' as const),
  isWithdrawn: fc.boolean(),
});
type Place = typeof aPlace extends fc.Arbitrary<infer T> ? T : never;

const aPost = fc.record({
  creator: fc.constantFrom(...CREATORS),
  readable: fc.boolean(),
  detailDue: fc.boolean(),
  wasRead: fc.boolean(),
  locked: fc.boolean(),
  hasVanished: fc.boolean(),
  places: fc.array(aPlace, { maxLength: 4 }),
});
type Post = typeof aPost extends fc.Arbitrary<infer T> ? T : never;

async function write(posts: readonly Post[]) {
  const shelf = aShelf(database.db);
  await shelf.clear();
  await shelf.source();
  for (const id of CREATORS) await shelf.creator({ id });
  for (const file of FILES) await shelf.file(aSha(file), { sizeBytes: sizeOf(file) });
  for (const [number, { creator, places, wasRead, hasVanished, ...post }] of posts.entries()) {
    const [readAt, vanishedAt] = [wasRead ? minute(1) : null, hasVanished ? minute(2) : null];
    await shelf.post({ id: `p${number}`, creatorId: creator, readAt, vanishedAt, ...post });
    for (const [position, { file, state, reason, isWithdrawn }] of places.entries())
      await shelf.media(`p${number}`, {
        externalId: `m${position}`,
        state,
        sha256: file === null ? null : aSha(file),
        gap: state === 'gap' ? { code: reason } : null,
        withdrawnAt: isWithdrawn ? minute(3) : null,
      });
  }
}

const tally = (codes: readonly string[]) =>
  Object.fromEntries([...Map.groupBy(codes, (code) => code)].map(([code, same]) => [code, same.length]));
const reasonOf = ({ hasVanished, locked }: Post) =>
  hasVanished ? 'vanished' : locked ? 'locked' : 'not-understood';

/** The same by counting on one's fingers. */
function expected(posts: readonly Post[]) {
  const places = posts.flatMap((post) => post.places).filter(({ isWithdrawn }) => !isWithdrawn);
  const isWaiting = ({ detailDue, wasRead }: Post) => detailDue && !wasRead;
  const ofState = (state: Place['state']) => places.filter((place) => place.state === state);
  const files = new Set(places.flatMap(({ file }) => file ?? []));
  return {
    posts: posts.length,
    postsReadable: posts.filter((post) => post.readable && !isWaiting(post)).length,
    postsWaiting: posts.filter(isWaiting).length,
    postsVanished: posts.filter(({ hasVanished }) => hasVanished).length,
    postsMissing: tally(posts.filter(({ readable, detailDue }) => !readable && !detailDue).map(reasonOf)),
    media: places.length,
    mediaStored: ofState('stored').length,
    mediaWaiting: ofState('waiting').length,
    mediaMissing: tally(ofState('gap').map(({ reason }) => reason)),
    storedBytes: [...files].reduce((sum, file) => sum + sizeOf(file), 0),
  };
}

test('a ledger counts what is in the rows, alone and among all, and bytes that are used twice once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(aPost, { maxLength: 6 }), async (posts) => {
      await write(posts);
      const all = await countByCreator(database.db, null);
      expect(all.map(({ creatorId }) => creatorId)).toEqual(CREATORS);
      for (const counts of all) {
        expect(counts).toMatchObject(expected(posts.filter((post) => post.creator === counts.creatorId)));
        expect(await countByCreator(database.db, counts.creatorId)).toEqual([counts]);
      }
    }),
    { numRuns: 60 },
  );
}, 120_000);

test('a place cannot have a hash without the bytes that it stands for', async () => {
  const shelf = aShelf(database.db);
  await write([]);
  await shelf.post({ id: 'a' });
  const wrong = shelf.media('a', { externalId: 'm', sha256: aSha(1), storedBytes: null });
  await expect(wrong).rejects.toThrow();
  await shelf.media('a', { externalId: 'm', sha256: aSha(1) });
  const changed = database.pool.query('update archive_post_media set sha256 = null');
  await expect(changed).rejects.toThrow('archive_post_media_bytes');
});

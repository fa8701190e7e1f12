import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ConnectionId, ItemId } from '#core/ids.ts';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { openShareWriter } from './share.store.ts';
import type { ShareRows } from './store.ports.ts';
import { libraryEpisodes, libraryMarks } from './tables.ts';

const jellyfin = 'jellyf01' as ConnectionId;
const other = 'jellyf02' as ConnectionId;

type MarkRow = ShareRows['marks'];
type EpisodeRow = ShareRows['episodes'];

const aMark = (mark: Partial<MarkRow>): MarkRow => ({
  connectionId: jellyfin,
  mediaExternalId: 'm1',
  userExternalId: 'u1',
  userName: 'ana',
  played: true,
  playCount: 1,
  lastPlayedAt: null,
  favourite: false,
  positionPercent: 0,
  ...mark,
});

const anEpisode = (episode: Partial<EpisodeRow>): EpisodeRow => ({
  connectionId: jellyfin,
  externalId: 1,
  titleId: 'show1' as ItemId,
  seasonNumber: 1,
  episodeNumber: 1,
  title: 'One',
  airedAt: null,
  monitored: true,
  fileId: null,
  ...episode,
});

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);

afterAll(() => database.close());

beforeEach(async () => {
  await database.db.delete(libraryMarks);
  await database.db.delete(libraryEpisodes);
});

const mergeMarks = (rows: readonly MarkRow[], keep: readonly string[] = []) =>
  database.db.transaction(async (tx) => {
    const writer = await openShareWriter(tx);
    for (const user of keep) writer.keepMarks(user);
    await writer.stage('marks', rows);
    return writer.merge('marks', jellyfin);
  });

const mergeEpisodes = (rows: readonly EpisodeRow[], within: readonly ItemId[]) =>
  database.db.transaction(async (tx) => {
    const writer = await openShareWriter(tx);
    await writer.stage('episodes', rows);
    return writer.merge('episodes', jellyfin, within);
  });

const keyOf = ({ mediaExternalId, userExternalId }: MarkRow) => `${mediaExternalId} ${userExternalId}`;
const sorted = (rows: readonly MarkRow[]) => rows.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));

const storedMarks = async () =>
  sorted((await database.db.select().from(libraryMarks)).map(({ digest: _, ...row }) => row));

describe('what a service told takes the place of what is stored', () => {
  const marks = fc.array(
    fc
      .record({
        mediaExternalId: fc.constantFrom('m1', 'm2', 'm3', 'it\'s {odd}, "quoted" \\ and NULL'),
        userExternalId: fc.constantFrom('u1', 'u2'),
        playCount: fc.nat(2),
        lastPlayedAt: fc.constantFrom(null, new Date('2026-01-02T03:04:05.678Z')),
      })
      .map(aMark),
    { maxLength: 10 },
  );

  test('whatever it was, and of a row that comes twice the first one', async () => {
    await fc.assert(
      fc.asyncProperty(marks, marks, async (before, after) => {
        await database.db.delete(libraryMarks);
        await mergeMarks(before);
        await mergeMarks(after);
        const first = new Map(after.toReversed().map((mark) => [keyOf(mark), mark]));
        expect(await storedMarks()).toEqual(sorted([...first.values()]));
        expect(await mergeMarks(after)).toEqual({ added: 0, changed: 0, removed: 0 });
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  test('of one connection only, and of the users that were read', async () => {
    const theirs = aMark({ connectionId: other });
    await database.db
      .insert(libraryMarks)
      .values([theirs, aMark({}), aMark({ userExternalId: 'u2' }), aMark({ userExternalId: 'u3' })]);
    const changes = await mergeMarks([aMark({ mediaExternalId: 'm2' })], ['u2']);
    expect(changes).toEqual({ added: 1, changed: 0, removed: 2 });
    expect(await storedMarks()).toEqual(
      expect.arrayContaining([theirs, aMark({ mediaExternalId: 'm2' }), aMark({ userExternalId: 'u2' })]),
    );
  });

  test('of the shows that were asked, although a number came from another show', async () => {
    const [asked, elsewhere] = ['show1', 'show2'] as ItemId[] as [ItemId, ItemId];
    await database.db
      .insert(libraryEpisodes)
      .values([
        anEpisode({}),
        anEpisode({ externalId: 2, titleId: elsewhere }),
        anEpisode({ externalId: 3, titleId: elsewhere }),
      ]);
    const changes = await mergeEpisodes([anEpisode({ externalId: 2 })], [asked]);
    expect(changes).toEqual({ added: 0, changed: 1, removed: 1 });
    const rows = await database.db.select().from(libraryEpisodes);
    expect(rows.map(({ externalId, titleId }) => [externalId, titleId]).sort()).toEqual([
      [2, asked],
      [3, elsewhere],
    ]);
  });
});

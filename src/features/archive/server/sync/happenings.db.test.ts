import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { hasSound } from '#tools/seed/patreon/media/programs.ts';
import { aMedia } from '#tools/seed/patreon/files.ts';
import { lossesBetween, type Archived } from '../../../../../tests/archive/archived.ts';
import { openArchiveHouse, type ArchiveHouse } from '../../../../../tests/archive/house.ts';
import { archivedAfter, happens, recovers } from '../../../../../tests/archive/rounds.ts';
import { aSmallPatronage, CREATOR, postId } from '../../../../../tests/archive/world.ts';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';

vi.setConfig({ testTimeout: 60_000 });

const DAY_MS = 86_400_000;
const canFilm = await hasSound();

let database: TestDatabase;
let untroubled: Archived;
beforeAll(async () => {
  database = await openTestDatabase();
  untroubled = await archivedAfter(database, 1);
}, 120_000);
afterAll(() => database.close());

type Act = (house: Pick<ArchiveHouse, 'patreon' | 'later'>) => void;

/** A house where, once it is told to begin, something happens right after the first page of a list was written down. */
async function houseWhere(act: Act) {
  let happensNext: (() => void) | null = null;
  const house = await openArchiveHouse(database, aSmallPatronage(), {
    changed: ({ patreon }) => {
      if (!happensNext || !patreon.requests.some(({ path }) => path === '/api/posts')) return;
      happensNext();
      happensNext = null;
    },
  });
  const begin = (): void => {
    house.patreon.requests.length = 0;
    happensNext = () => act(house);
  };
  return { house, begin, hasHappened: () => happensNext === null };
}

const find = ({ posts }: Archived, id: string) => posts.find((post) => post.id === id);
const wholeWeek = async (house: ArchiveHouse) => {
  house.later(8 * DAY_MS);
  return house.sync();
};

describe('in the middle of a list', () => {
  const middles: readonly { what: string; act: Act; run: object; source: object }[] = [
    {
      what: 'its cursors die with a refusal',
      act: ({ patreon: { act } }) => {
        act.expireCursors();
        act.passTime(10);
      },
      run: { is: 'done' },
      source: { is: 'ready' },
    },
    {
      what: 'its cursors die with an empty page',
      act: ({ patreon: { act } }) => {
        act.set({ deadCursor: 'empty' });
        act.expireCursors();
        act.passTime(10);
      },
      run: { is: 'done' },
      source: { is: 'ready' },
    },
    {
      what: 'no cursor lives any more',
      act: ({ patreon: { act } }) => act.set({ cursorLifeMs: -1 }),
      run: { is: 'partly', creators: [{ problem: { code: 'source.bad-request' } }] },
      source: { is: 'ready' },
    },
    {
      what: 'the cookie dies and makes a stranger of its owner',
      act: ({ patreon: { act }, later }) => {
        act.endSession();
        later(11 * 60_000); // what was good a moment ago is not asked about again
      },
      run: { is: 'stopped', problem: { code: 'source.signed-out' } },
      source: { is: 'stopped', problem: { code: 'source.signed-out' }, until: null },
    },
    {
      what: 'the cookie dies and is refused',
      act: ({ patreon: { act } }) => {
        act.set({ deadSession: '401' });
        act.endSession();
      },
      run: { is: 'stopped', problem: { code: 'source.signed-out' } },
      source: { is: 'stopped', until: null },
    },
    {
      what: 'the app becomes too old',
      act: ({ patreon: { act } }) => act.set({ minAppVersion: 999 }),
      run: { is: 'stopped', problem: { code: 'source.user-agent-refused' } },
      source: { is: 'stopped', until: null },
    },
    {
      what: 'it has been asked too often',
      act: ({ patreon: { act } }) => act.set({ rate: { calls: 1, windowMs: DAY_MS, retryAfterS: 7200 } }),
      run: { is: 'stopped', problem: { code: 'source.rate-limited', retryAfterMs: 7_200_000 } },
      source: { is: 'stopped', problem: { code: 'source.rate-limited' } },
    },
    {
      what: 'the creator is suspended',
      act: ({ patreon: { act } }) => act.suspend(CREATOR.campaignId),
      run: { is: 'partly', creators: [{ problem: { code: 'source.suspended' } }] },
      source: { is: 'ready' },
    },
  ];

  const mend: Act = ({ patreon: { act, house } }) => {
    const { settings, now } = house;
    act.set({
      deadCursor: 'error',
      cursorLifeMs: DAY_MS,
      deadSession: 'anonymous',
      minAppVersion: 100,
      rate: null,
    });
    settings.session.expiresAt = now() + 400 * DAY_MS;
    act.suspend(CREATOR.campaignId, false);
  };

  test.each(middles)('$what: it is named, and nothing is lost', async ({ act, run, source }) => {
    const { house, begin, hasHappened } = await houseWhere(act);
    await house.sync();
    happens(house, 0);
    const before = await house.archived();
    begin();
    expect(await house.sync()).toMatchObject({ run, source });
    expect(hasHappened()).toBe(true);
    expect(lossesBetween(before, await house.archived())).toEqual([]);
    mend(house);
    expect((await recovers(house)).run).toEqual({ is: 'done' });
    expect(await house.archived()).toEqual(untroubled);
    await house.close();
  });
});

test('answers that come slowly are waited for', async () => {
  const house = await openArchiveHouse(database, aSmallPatronage());
  await house.sync();
  happens(house, 0);
  house.patreon.faults.add({ path: /./, kind: 'slow', delayMs: 40, times: 8 });
  house.patreon.cdn.faults.add({ path: /./, kind: 'slow', delayMs: 40 });
  expect((await house.sync()).run).toEqual({ is: 'done' });
  await recovers(house);
  expect(await house.archived()).toEqual(untroubled);
  await house.close();
});

describe('what creators do', () => {
  test('a post is edited: both versions are kept, and the new one is shown', async () => {
    const house = await openArchiveHouse(database, aSmallPatronage());
    await house.sync();
    house.patreon.act.change(postId(53), { text: 'Quite other words.' });
    house.later(DAY_MS);
    await house.sync();
    const post = find(await house.archived(), postId(53));
    expect(JSON.stringify(post?.blocks)).toContain('Quite other words.');
    expect(post?.revisions).toHaveLength(2);
    expect(post?.media.map(({ state }) => state)).toEqual(['stored', 'stored', 'stored']);
    await house.close();
  });

  test('a post is locked: what could be read stays, with its pictures', async () => {
    const house = await openArchiveHouse(database, aSmallPatronage());
    await house.sync();
    const before = await house.archived();
    house.patreon.act.setViewable(postId(53), false);
    expect((await wholeWeek(house)).counts).toMatchObject({ locked: 1 });
    const after = await house.archived();
    expect(find(after, postId(53))).toMatchObject({ locked: true, readable: true });
    expect(lossesBetween(before, after)).toEqual([]);
    await house.close();
  });

  test('a post is deleted: it is called vanished when a whole list and its own address lack it, and stays', async () => {
    const house = await openArchiveHouse(database, aSmallPatronage());
    await house.sync();
    const before = await house.archived();
    house.patreon.act.remove(postId(50));
    expect((await wholeWeek(house)).counts).toMatchObject({ vanished: 1 });
    const after = await house.archived();
    expect(find(after, postId(50))).toEqual({ ...find(before, postId(50)), vanished: true });
    expect(after.files).toEqual(before.files);
    await house.close();
  });

  test('a post comes again under another number: the old one is vanished, and its bytes are stored once', async () => {
    const house = await openArchiveHouse(database, aSmallPatronage());
    await house.sync();
    const before = await house.archived();
    const was = house.patreon.house.shelves[0]?.post(postId(53));
    if (!was) throw new Error('there is no such post');
    const { id: _id, comments: _comments, ...rest } = was;
    const media = was.media.map((one) => ({ ...one, id: `8${one.id}` }));
    const again = house.patreon.act.publish(CREATOR.campaignId, {
      ...rest,
      media,
      cover: media[0]?.id ?? null,
    });
    house.patreon.act.remove(was.id);
    await wholeWeek(house);
    const after = await house.archived();
    expect(find(after, was.id)).toMatchObject({ vanished: true, readable: true });
    const sums = (archived: Archived, id: string) => find(archived, id)?.media.map(({ sha }) => sha);
    expect(sums(after, again.id)).toEqual(sums(before, was.id));
    expect(after.files).toEqual(before.files);
    await house.close();
  });

  test('pictures get other numbers: the places follow, the bytes are those that are here', async () => {
    const house = await openArchiveHouse(database, aSmallPatronage());
    await house.sync();
    const before = await house.archived();
    const media = house.patreon.house.shelves[0]
      ?.post(postId(53))
      ?.media.map((one) => ({ ...one, id: `8${one.id}` }));
    house.patreon.act.change(postId(53), { media: media ?? [], cover: media?.[0]?.id ?? null });
    await wholeWeek(house);
    const after = await house.archived();
    expect(find(after, postId(53))?.media.map(({ id, sha }) => [id, sha])).toEqual(
      find(before, postId(53))?.media.map(({ id, sha }) => [`8${id}`, sha]),
    );
    expect(after.files).toEqual(before.files);
    await house.close();
  });

  test('a file is gone from its server: its place says so, and the others come', async () => {
    const house = await openArchiveHouse(database, aSmallPatronage());
    house.patreon.act.loseFile('701000002');
    await house.sync();
    house.later(DAY_MS);
    await house.jobs.drain();
    expect(find(await house.archived(), postId(53))?.media.map(({ state, gap }) => gap ?? state)).toEqual([
      'stored',
      'vanished',
      'stored',
    ]);
    await house.close();
  });

  test.runIf(canFilm)(
    'a film is protected: a gap that says so, and a film that was archived before stays',
    async () => {
      const house = await openArchiveHouse(database, aSmallPatronage());
      const film = (id: string) =>
        aMedia(
          { kind: 'film', language: 'en', sentences: ['A short film.'], motif: 'sky', seed: 1 },
          { id, role: 'video', createdAt: '2026-01-01T00:00:00Z' },
        );
      const publish = (id: string) =>
        house.patreon.act.publish(CREATOR.campaignId, { postType: 'video_external_file', media: [film(id)] });
      const open = publish('709000001');
      await house.sync();
      const before = await house.archived();
      expect(find(before, open.id)?.media).toMatchObject([{ state: 'stored' }]);
      const closed = publish('709000002');
      house.patreon.act.protectFilm('709000001');
      house.patreon.act.protectFilm('709000002');
      house.patreon.act.change(open.id, { title: 'Protected since' });
      house.later(DAY_MS);
      await house.sync();
      const after = await house.archived();
      expect(find(after, closed.id)?.media).toMatchObject([{ state: 'gap', gap: 'drm' }]);
      expect(lossesBetween(before, after)).toEqual([]);
      await house.close();
    },
  );
});

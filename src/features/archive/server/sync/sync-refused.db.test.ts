import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SourceProblem } from '../../core/source-problem.ts';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { fakeWorld } from '../ports.fake.ts';
import { revisions } from '../posts.tables.ts';
import { anArchive } from './archive.fake.ts';
import { archivedRows, HOUR, many } from './posts.fake.ts';

let database: TestDatabase;
let rows: ReturnType<typeof archivedRows>;
beforeAll(async () => {
  database = await openTestDatabase();
  rows = archivedRows(database);
}, 60_000);
afterAll(() => database.close());
beforeEach(async () => {
  await database.pool.query('truncate archive_sources, archive_creators, archive_posts cascade');
});

vi.setConfig({ testTimeout: 30_000 });

const faults: { problem: SourceProblem; state: 'ready' | 'rests' | 'waits' }[] = [
  { problem: { code: 'source.signed-out' }, state: 'waits' },
  { problem: { code: 'source.user-agent-refused' }, state: 'waits' },
  { problem: { code: 'source.challenge' }, state: 'rests' },
  { problem: { code: 'source.rate-limited', retryAfterMs: 120_000 }, state: 'rests' },
  { problem: { code: 'source.server-error', status: 503 }, state: 'rests' },
  { problem: { code: 'source.timed-out', afterMs: 30_000 }, state: 'rests' },
  { problem: { code: 'source.unreachable', reason: 'ECONNRESET' }, state: 'rests' },
  { problem: { code: 'source.bad-request', reason: 'cursor' }, state: 'ready' },
  { problem: { code: 'source.bad-answer', reason: 'cut short' }, state: 'ready' },
  { problem: { code: 'source.suspended' }, state: 'ready' },
  { problem: { code: 'source.forbidden' }, state: 'ready' },
];

describe.each(faults)('when a source says $problem.code in the middle', ({ problem, state }) => {
  test.each(['posts ana page 2', 'post 30', 'creators', 'collections ana'])(
    'at %s, nothing is lost',
    async (moment) => {
      const world = fakeWorld(many(45));
      const house = anArchive(database, world);
      const id = await house.signedIn();
      world.fault = (question) => (question === moment ? problem : null);
      const { end } = await house.sync(id);
      expect(end.is).toBe(
        moment === 'post 30' ? 'done' : state === 'ready' && moment !== 'creators' ? 'partly' : 'stopped',
      );

      const source = await house.archive.sources.find(id);
      const now = source.ok ? source.value.state : null;
      expect(now).toMatchObject(state === 'ready' ? { is: 'ready' } : { is: 'stopped', problem });
      if (now?.is === 'stopped') expect(now.until === null).toBe(state === 'waits');

      // what stopped is not asked while it rests
      if (state !== 'ready') {
        const before = world.asked.length;
        await house.sync(id);
        expect(world.asked.length).toBe(before);
      }
      world.fault = () => null;
      house.later(7 * HOUR);
      if (state === 'waits') await house.archive.sources.signIn(id, { cookie: 'fresh' });
      expect((await house.sync(id)).end).toEqual({ is: 'done' });
      const kept = await rows.stored();
      expect(kept).toHaveLength(45);
      expect(kept.every(({ readAt, detailDue }) => readAt && !detailDue)).toBe(true);
      expect(await database.db.select().from(revisions)).toHaveLength(45);
    },
  );
});

test('posts behind the place where a first listing broke off are found by the next one', async () => {
  const world = fakeWorld(many(30));
  const house = anArchive(database, world);
  const id = await house.signedIn();
  await house.sync(id);
  // 45 new ones; the listing breaks off when it has seen the newest 20
  world.posts.set('ana', many(75));
  world.fault = (question) =>
    question === 'posts ana page 2' ? { code: 'source.bad-answer', reason: 'cut' } : null;
  house.later(HOUR);
  await house.sync(id);
  world.fault = () => null;
  house.later(HOUR);
  await house.sync(id);
  expect(await rows.stored()).toHaveLength(75);
});

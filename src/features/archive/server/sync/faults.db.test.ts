import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { FaultKind } from '#tools/simulators/faults.ts';
import { lossesBetween, type Archived } from '../../../../../tests/archive/archived.ts';
import { openArchiveHouse, type ArchiveHouse } from '../../../../../tests/archive/house.ts';
import { archivedAfter, happens, recovers } from '../../../../../tests/archive/rounds.ts';
import { aSmallPatronage, CREATOR } from '../../../../../tests/archive/world.ts';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import type { SourceProblem } from '../../core/source-problem.ts';
import { effectOf } from '../../core/stopping.ts';

vi.setConfig({ testTimeout: 120_000 });

let database: TestDatabase;
/** What every troubled archive has to be like in the end. */
let untroubled: Archived;
let afterOneRound: Archived;
beforeAll(async () => {
  database = await openTestDatabase();
  untroubled = await archivedAfter(database, moments.length);
  afterOneRound = await archivedAfter(database, 1);
}, 120_000);
afterAll(() => database.close());

const LIST = /^\/api\/posts$/;
const DETAIL = /^\/api\/posts\/\d+$/;

/** Where it begins; before it some questions are answered. */
const moments = [
  { at: 'who there is', path: /^\/api\/current_user$/, after: 0 },
  { at: 'the second page of a list', path: LIST, after: 1 },
  { at: 'the second post', path: DETAIL, after: 1 },
  { at: 'comments', path: /^\/api\/posts\/\d+\/comments2$/, after: 0 },
] as const;

const problems: readonly (readonly [FaultKind, SourceProblem['code']])[] = [
  ['401', 'source.signed-out'],
  ['html', 'source.signed-out'],
  ['redirect', 'source.signed-out'],
  ['upgrade', 'source.user-agent-refused'],
  ['challenge', 'source.challenge'],
  ['429', 'source.rate-limited'],
  ['500', 'source.server-error'],
  ['503', 'source.server-error'],
  ['timeout', 'source.timed-out'],
  ['403', 'source.forbidden'],
  ['not-found', 'source.not-found'],
  ['bad-request', 'source.bad-request'],
  ['truncated-json', 'source.bad-answer'],
  ['wrong-type', 'source.bad-answer'],
  ['drop', 'source.bad-answer'],
  ['long-length', 'source.bad-answer'],
];

const isOfOneQuestion = (code: SourceProblem['code']): boolean =>
  effectOf({ code } as SourceProblem).is === 'this-question';

/** What the run says, by where the trouble met it. */
function outcomeOf(at: (typeof moments)[number]['at'], code: SourceProblem['code']) {
  if (at === 'the second post' || at === 'comments') return { is: 'done' };
  if (at === 'who there is') return { is: 'stopped', problem: { code } };
  if (!isOfOneQuestion(code)) return { is: 'stopped', problem: { code }, creator: CREATOR.name };
  // A creator whose list is not there is gone, closed by themselves or by the site.
  const ofList = code === 'source.not-found' ? 'source.suspended' : code;
  return { is: 'partly', creators: [{ name: CREATOR.name, problem: { code: ofList } }] };
}

async function expectNamed(
  house: ArchiveHouse,
  code: SourceProblem['code'],
  at: (typeof moments)[number]['at'],
) {
  const { run, source } = await house.standing();
  expect(run, at).toMatchObject(outcomeOf(at, code));
  expect(source, at).toMatchObject(
    isOfOneQuestion(code) ? { is: 'ready' } : { is: 'stopped', problem: { code } },
  );
  if (source.is === 'stopped')
    expect(source.until === null, at).toBe(effectOf({ code } as SourceProblem).is === 'waits');
}

test.each(problems)(
  'every question: %s has its name, loses nothing, and the next sync completes what it broke off',
  async (kind, code) => {
    const house = await openArchiveHouse(
      database,
      aSmallPatronage(),
      kind === 'timeout' ? { timeoutMs: 1_000 } : {},
    );
    expect((await house.sync()).run).toEqual({ is: 'done' });
    for (const [round, { at, path, after }] of moments.entries()) {
      happens(house, round);
      const before = await house.archived();
      house.patreon.faults.add({ path, kind, after, retryAfterS: 3600 });
      await house.sync();
      await expectNamed(house, code, at);
      const during = await house.archived();
      expect(lossesBetween(before, during), at).toEqual([]);
      expect((await recovers(house)).run, at).toEqual({ is: 'done' });
    }
    expect(await house.archived()).toEqual(untroubled);
    await house.close();
  },
);

const DAY_MS = 86_400_000;

const lies = [
  { what: 'who there is', path: /^\/api\/current_user$/ },
  { what: 'the first page of a list', path: LIST },
  { what: 'the second page of a list', path: LIST, after: 1 },
  { what: 'a post', path: DETAIL },
  { what: 'what was bought', path: /\/products$/ },
  { what: 'collections', path: /^\/api\/collection$/ },
  { what: 'comments', path: /\/comments2$/ },
].flatMap((lie) => [
  { ...lie, kind: 'empty-list' as const },
  { ...lie, kind: 'short-page' as const },
]);

test.each(lies)(
  'an answer that looks like one: $kind for $what takes nothing away, and the next whole sync completes it',
  async ({ what, path, after = 0, kind }) => {
    const house = await openArchiveHouse(database, aSmallPatronage());
    await house.sync();
    happens(house, 0);
    const before = await house.archived();
    house.patreon.faults.add({ path, kind, after });
    const { run } = await house.sync();
    const isRefused = kind === 'empty-list' && what === 'the first page of a list';
    expect(run).toMatchObject(
      isRefused ? { is: 'partly', creators: [{ problem: { code: 'source.bad-answer' } }] } : { is: 'done' },
    );
    expect(lossesBetween(before, await house.archived())).toEqual([]);
    expect((await recovers(house)).run).toEqual({ is: 'done' });
    house.later(8 * DAY_MS);
    expect((await house.sync()).run).toEqual({ is: 'done' });
    expect(await house.archived()).toEqual(afterOneRound);
    await house.close();
  },
);

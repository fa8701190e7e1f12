import { describe, expect, test } from 'vitest';
import { keptCredits, type Credit } from '#features/library/core/credits.ts';
import { fakeCreditServer } from '#features/library/server/credits.fake.ts';
import type { CreditServer } from '#features/library/server/ports.ts';
import type { JellyfinHouse } from '#tools/seed/household.ts';
import { startEmby } from '#tools/simulators/emby/start.ts';
import { startJellyfin } from '#tools/simulators/jellyfin/start.ts';
import { createEmbyCredits } from '../emby/credit-server.ts';
import { createJellyfinCredits } from '../jellyfin/credit-server.ts';
import { promptHttp, requestProblems, smallHousehold, targetOf, valueOf } from '../simulated.fake.ts';

const household = smallHousehold();
const http = promptHttp();

/** What a title of the seed has to be told as, by reading the seed. */
const partOf = {
  Actor: 'actor',
  GuestStar: 'actor',
  Director: 'director',
  Writer: 'writer',
  Creator: 'creator',
} as const;
const isTold = (type: string): type is keyof typeof partOf => type in partOf;

function expectedOf(house: JellyfinHouse) {
  return house.items
    .filter(({ kind }) => kind === 'Movie' || kind === 'Series')
    .map(({ id, title: key }) => {
      const title = key === null ? undefined : household.titles[key];
      return {
        mediaExternalId: id,
        originalTitle: title ? (title.originalName ?? title.name) : null,
        credits: (title?.credits ?? []).flatMap(({ name, type, role }): Credit[] =>
          isTold(type)
            ? [{ name, part: partOf[type], role: partOf[type] === 'actor' ? role || null : null }]
            : [],
        ),
      };
    });
}

type Opened = {
  server: CreditServer;
  expected: ReturnType<typeof expectedOf>;
  unknownId: string;
  break: () => void;
  close: () => Promise<void>;
};

async function simulated(kind: 'jellyfin' | 'emby'): Promise<Opened> {
  const server = await (kind === 'jellyfin' ? startJellyfin : startEmby)(household, {
    groupsCollections: true,
  });
  const open = kind === 'jellyfin' ? createJellyfinCredits : createEmbyCredits;
  return {
    server: open(http, targetOf(kind, server)),
    expected: expectedOf(server.state),
    unknownId: kind === 'jellyfin' ? '0123456789abcdef0123456789abcdef' : '987654321',
    break: () => void server.faults.add({ path: '/Items', kind: '500' }),
    close: async () => {
      if (kind === 'jellyfin') expect(requestProblems('jellyfin', server.requests)).toEqual([]);
      await server.close();
    },
  };
}

function inMemory(): Opened {
  const expected = expectedOf(household.jellyfin);
  const { world, server } = fakeCreditServer(expected);
  return {
    server,
    expected,
    unknownId: 'nobody',
    break: () => void (world.problem = { code: 'read.server-error', what: 'credits', status: 500 }),
    close: async () => undefined,
  };
}

describe.each([
  ['jellyfin', () => simulated('jellyfin')],
  ['emby', () => simulated('emby')],
  ['the fake', async () => inMemory()],
] as const)('%s', (_name, openOne) => {
  async function withServer(work: (opened: Opened) => Promise<void>) {
    const opened = await openOne();
    await work(opened);
    await opened.close();
  }
  const sorted = <T extends { mediaExternalId: string }>(all: readonly T[]): T[] =>
    all.toSorted((a, b) => (a.mediaExternalId < b.mediaExternalId ? -1 : 1));

  test('tells of a hundred titles at once who made them and who plays whom, and nobody of what nobody made', () =>
    withServer(async ({ server, expected }) => {
      const some = expected.slice(0, 100);
      const told = valueOf(await server.credits(some.map(({ mediaExternalId }) => mediaExternalId)));
      expect(sorted(told)).toEqual(sorted(some));
      expect(told.some(({ credits }) => keptCredits(credits).length > 4)).toBe(true);
      const parts = new Set(told.flatMap(({ credits }) => credits.map(({ part }) => part)));
      expect([...parts].sort()).toEqual(['actor', 'creator', 'director', 'writer']);
    }));

  test('T-20 an id that it does not know or cannot read brings nothing, and not everything', () =>
    withServer(async ({ server, expected, unknownId }) => {
      expect(valueOf(await server.credits([]))).toEqual([]);
      expect(valueOf(await server.credits(['garbage']))).toEqual([]);
      expect(valueOf(await server.credits([unknownId]))).toEqual([]);
      const [one] = expected;
      if (!one) throw new Error('nothing there');
      expect(valueOf(await server.credits(['garbage', one.mediaExternalId, unknownId]))).toEqual([one]);
    }));

  test('a failure is a failure, and not a title that nobody made', () =>
    withServer(async (opened) => {
      opened.break();
      const ids = opened.expected.slice(0, 2).map(({ mediaExternalId }) => mediaExternalId);
      expect(await opened.server.credits(ids)).toMatchObject({
        ok: false,
        error: { code: 'read.server-error', what: 'credits' },
      });
    }));
});

test.each(['html', 'truncated-json', 'drop', '401', 'redirect'] as const)(
  'an answer that comes as "%s" is a failure',
  async (kind) => {
    const server = await startJellyfin(household);
    server.faults.add({ path: '/Items', kind });
    const [item] = server.state.items.filter((one) => one.kind === 'Movie');
    const told = await createJellyfinCredits(http, targetOf('jellyfin', server)).credits([item?.id ?? '']);
    expect(told.ok).toBe(false);
    await server.close();
  },
);

test('a title whose people the server leaves out is not told of', async () => {
  const server = await startJellyfin(household);
  const [item] = server.state.items.filter((one) => one.kind === 'Movie');
  const silent = { ...item, id: item?.id ?? '' };
  server.server.write = () => ({ Id: silent.id, Type: 'Movie', Name: silent.name });
  expect(
    valueOf(await createJellyfinCredits(http, targetOf('jellyfin', server)).credits([silent.id])),
  ).toEqual([]);
  await server.close();
});

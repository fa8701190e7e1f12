import { expect, test } from 'vitest';
import { known, unknown, type Fact } from '#core/fact.ts';
import type { ItemId } from '#core/ids.ts';
import { err, ok } from '#core/result.ts';
import { aDisk, aFilm, radarr } from '../../core/build.fake.ts';
import { aRemoval } from '../../core/removal/removal.fake.ts';
import type { Verdict } from '../../core/judging/verdict.ts';
import { createGuards } from './removal.library.ts';
import { createLook } from './removal.look.ts';
import { aWorld, fakeServices } from './world.fake.ts';

const film = 'radarr01-7' as ItemId;
const show = 'radarr01-9' as ItemId;

function theGuards(playing: Record<string, Fact<boolean>>, canAsk = true) {
  const findItem = async (id: ItemId) => {
    const playingNow = playing[id];
    return playingNow
      ? { item: { ...aFilm({ id }), playingNow }, ownPath: '/films/A', rootFolder: '/films' }
      : null;
  };
  const refreshPlaying = async () =>
    canAsk ? ok(undefined) : err({ code: 'read.timed-out' as const, what: 'sessions', afterMs: 1 });
  return createGuards({
    library: { findItem, refreshPlaying, titlesWithin: async () => [film], disks: async () => [] },
    isExcluded: async () => false,
  });
}

test('a media server that was switched off since the plan does not mean that nobody watches (J-33)', async () => {
  const guards = theGuards({ [film]: unknown('no-media-server') });
  expect(await guards.playingNow([film])).toEqual(ok(unknown('no-media-server')));
});

test('an item that left the library since the plan is not known to be idle', async () => {
  expect(await theGuards({}).playingNow([film])).toEqual(ok(unknown('not-in-library')));
});

test('somebody who watches another season keeps the show, and an empty season keeps nothing', async () => {
  const watched = theGuards({ [film]: known(false), [show]: known(true) });
  expect(await watched.playingNow([film, show])).toEqual(ok(known(true)));
  const empty = theGuards({ [film]: known(false), [show]: unknown('not-in-media-server') });
  expect(await empty.playingNow([film, show])).toEqual(ok(known(false)));
});

test('a media server that does not answer is a step that could not be done', async () => {
  expect(await theGuards({ [film]: known(false) }, false).playingNow([film])).toMatchObject({ ok: false });
});

const verdict: Verdict = {
  itemId: film,
  policyId: 'policy-1' as Verdict['policyId'],
  standing: 'due',
  steps: [],
  dueAt: null,
  markedSince: null,
};

async function objectionsTo(playing: Fact<boolean>, by: 'policy' | 'hand') {
  const services = fakeServices(aWorld());
  const look = createLook({ ...services, guards: theGuards({ [film]: playing }) });
  const plain = aRemoval();
  const removal = aRemoval({ keepsake: { ...plain.keepsake, verdict: by === 'policy' ? verdict : null } });
  const seen = await look(removal, {
    objections: async () => [],
    signal: new AbortController().signal,
    times: 1,
  });
  return seen.was === 'read' ? seen.objections : seen.was;
}

test.each([
  'no-media-server',
  'not-in-media-server',
  'media-server-stale',
  'playing-stale',
  'not-in-library',
])('a policy deletes nothing of which nobody can say whether it plays: %s (J-33, J-38)', async (why) => {
  expect(await objectionsTo(unknown(why), 'policy')).toEqual(['playing-unknown']);
});

test('a person may delete what no media server has, but not what one could be playing', async () => {
  expect(await objectionsTo(unknown('not-in-media-server'), 'hand')).toEqual([]);
  expect(await objectionsTo(unknown('no-media-server'), 'hand')).toEqual([]);
  expect(await objectionsTo(unknown('media-server-stale'), 'hand')).toEqual(['playing-unknown']);
});

const folders = {
  alone: { path: '/films/Alma', within: [film] },
  'with another title in it': { path: '/films/Alma', within: [film, show] },
  'that is the root folder': { path: '/films', within: [film] },
  'above a root folder': { path: '/', within: [film] },
  'above the root folder of something else': { path: '/more', within: [film] },
  'with a name that only begins the same': { path: '/fil', within: [film] },
};

test.each(Object.entries(folders))('a folder %s', async (name, { path, within }) => {
  const guards = createGuards({
    library: {
      findItem: async (id) => ({ item: aFilm({ id, path }), ownPath: path, rootFolder: '/films' }),
      refreshPlaying: async () => ok(undefined),
      titlesWithin: async () => within,
      disks: async () => [
        { ...aDisk(), folders: [{ connectionId: radarr, path: '/more/films' }], readAt: new Date(0) },
      ],
    },
    isExcluded: async () => false,
  });
  expect(await guards.folderIsShared(film)).toBe(
    !['alone', 'with a name that only begins the same'].includes(name),
  );
});

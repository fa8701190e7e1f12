import { describe, expect, test } from 'vitest';
import {
  aBefore,
  aChoice,
  anEpisode,
  aRemoved,
  aRemovedSeason,
  aRemovedShow,
  aRestore,
  aRestoredFilm,
  aRestoredShow,
  aRestoreNow,
  aShowBefore,
} from './restore.fake.ts';
import type { RestoreObserved } from './restore-moves.ts';
import { nextRestoreStep } from './restore-saga.ts';
import { whyNotRestorable, type Restore, type RestoreStep, type RestoreUnderWay } from './restore.ts';
import type { RestoreNow } from './restore-now.ts';
import type { StepProblem } from '../removal/title-now.ts';

const now = new Date('2026-11-21T10:00:05.000Z');
const silence: StepProblem = { code: 'step.unreachable', reason: 'timed out' };
const refusal: StepProblem = { code: 'step.refused', status: 400, reason: 'no such folder' };

const read = (changes: Partial<RestoreNow> = {}): RestoreObserved => ({
  was: 'read',
  now: aRestoreNow(changes),
});
const at = (step: RestoreStep, more: Partial<RestoreUnderWay> = {}): RestoreUnderWay => ({
  is: 'under-way',
  step,
  begunAt: now,
  tries: 1,
  added: false,
  problem: null,
  itemId: null,
  notes: [],
  ...more,
});
const move = (restore: Restore, observed: RestoreObserved) => nextRestoreStep(restore, observed, now);
const film = (changes: Partial<Restore> = {}) => aRestore(aRemoved(), changes);
const season = (changes: Partial<Restore> = {}) => aRestore(aRemovedSeason(), changes);
const show = (changes: Partial<Restore> = {}) => aRestore(aRemovedShow(), changes);

describe('what may be undone (C-14)', () => {
  const state = { is: 'left-alone', at: now, because: 'playing-now', unmonitored: false } as const;
  test.each([
    ['a removal that removed', aRemoved(), null],
    ['one that has not begun', aRemoved({ state: { is: 'planned' } }), 'cleanup.removal-under-way'],
    ['one that changed nothing', aRemoved({ state }), 'cleanup.not-removed'],
    ['one that only unmonitored', aRemoved({ state: { ...state, unmonitored: true } }), null],
    [
      'one of which nothing was kept',
      aRemoved({ keepsake: { ...aRemoved().keepsake, before: null } }),
      'cleanup.nothing-remembered',
    ],
  ])('%s', (_what, removal, because) => {
    expect(whyNotRestorable(removal)).toBe(because);
  });
});

describe('before anything is changed', () => {
  test('the first thing is a look, and nothing is written for it', () => {
    expect(move(film(), { was: 'nothing' })).toEqual({ write: null, deed: { is: 'look', afterMs: 0 } });
  });

  test.each([
    ['root-folder-gone', film({ before: aBefore({ rootFolder: '/gone' }) }), {}],
    ['root-folder-gone', film({ before: aBefore({ rootFolder: '/old' }) }), {}],
    ['profile-gone', film({ before: aBefore({ qualityProfile: { id: 9, name: 'SD' } }) }), {}],
    ['profile-gone', film({ before: aBefore({ qualityProfile: null }) }), {}],
    ['show-gone', season(), {}],
    ['identity-unknown', film({ identity: { tmdb: null, tvdb: null, path: '/films/Alma (2012)' } }), {}],
    [
      'identity-changed',
      film({ identity: { tmdb: null, tvdb: null, path: '/films/Alma (2012)' } }),
      { title: aRestoredFilm({ path: '/films/Another' }) },
    ],
  ] as const)('it is refused with %s (T-02)', (because, restore, found) => {
    expect(move(restore, read(found))).toEqual({
      write: { is: 'refused', at: now, because },
      deed: { is: 'end' },
    });
  });

  test('another folder and another profile that the person chose are taken instead', () => {
    const restore = film({
      before: aBefore({ rootFolder: '/gone', qualityProfile: null }),
      choice: aChoice({ rootFolder: '/films', qualityProfile: 'UHD' }),
    });
    expect(move(restore, read()).deed).toMatchObject({
      is: 'add',
      title: { path: null, rootFolder: '/films', qualityProfile: 'UHD' },
    });
  });
});

describe('the title is gone', () => {
  test('it is added as it was, in its own folder, and that is written down first', () => {
    const { write, deed } = move(film(), read());
    expect(write).toMatchObject({ is: 'under-way', step: 'add', tries: 1, added: true });
    expect(deed).toEqual({
      is: 'add',
      title: {
        tmdb: 700,
        tvdb: null,
        path: '/films/Alma (2012)',
        rootFolder: '/films',
        qualityProfile: 'HD-1080p',
        tags: ['wall'],
        monitored: true,
        minimumAvailability: 'inCinemas',
        show: null,
      },
    });
  });

  test('our own import exclusion goes first, and nobody else’s ever', () => {
    expect(move(film({ ownExclusion: true }), read({ isExcluded: true })).deed).toEqual({ is: 'unexclude' });
    expect(move(film(), read({ isExcluded: true })).deed).toMatchObject({ is: 'add' });
  });

  test('an exclusion is ours when the removal wrote it and it was not there before (T-06)', () => {
    const options = { ...aRemoved().options, addImportExclusion: true };
    expect(aRestore(aRemoved({ options })).ownExclusion).toBe(true);
    expect(aRestore(aRemovedSeason({ options })).ownExclusion).toBe(false);
    const { keepsake } = aRemoved();
    const excluded = aRemoved({ options, keepsake: { ...keepsake, before: aBefore({ isExcluded: true }) } });
    expect(aRestore(excluded).ownExclusion).toBe(false);
  });

  test('silence after adding is followed by a look, and by one more attempt only if it is not there (T-08)', () => {
    const adding = film({ state: at('add', { added: true }) });
    expect(move(adding, { was: 'not-done', problem: silence }).deed).toMatchObject({ is: 'look' });
    expect(move(adding, read()).write).toMatchObject({ step: 'add', tries: 2 });
    const twice = film({ state: at('add', { added: true, tries: 2, problem: 'x' }) });
    expect(move(twice, read()).write).toMatchObject({ is: 'failed', step: 'add', because: 'x' });
    expect(move(adding, read({ title: aRestoredFilm() })).deed).toMatchObject({ is: 'search' });
  });

  test('a clear no is not asked twice', () => {
    const adding = film({ state: at('add', { added: true }) });
    const { write } = move(adding, { was: 'not-done', problem: refusal });
    expect(write).toMatchObject({ tries: 2, problem: 'step.refused (400: no such folder)' });
  });

  test('a show is given back its kind, its seasons and whether new ones are wanted', () => {
    expect(move(show(), read()).deed).toMatchObject({
      title: {
        tvdb: 300,
        show: {
          seriesType: 'daily',
          monitorNewItems: 'none',
          seasonFolder: true,
          seasons: [
            { number: 1, monitored: true },
            { number: 2, monitored: false },
          ],
        },
      },
    });
  });

  test('Sonarr is waited for until it knows the episodes, and not for ever', () => {
    const empty = aRestoredShow({
      episodes: [],
      seasons: [
        { number: 1, monitored: true },
        { number: 2, monitored: false },
      ],
    });
    const adding = show({ state: at('add', { added: true }) });
    const { write, deed } = move(adding, read({ title: empty }));
    expect(write).toMatchObject({ step: 'monitor', tries: 1 });
    expect(deed).toMatchObject({ is: 'look', afterMs: 2000 });
    const late = show({ state: at('monitor', { added: true, tries: 5 }) });
    expect(move(late, read({ title: empty })).write).toMatchObject({
      step: 'search',
      notes: ['monitor: episodes-not-known-yet'],
    });
  });
});

describe('the title is there', () => {
  test('a film that somebody added under another number is left as they set it', () => {
    const theirs = aRestoredFilm({ externalId: 99, monitored: false });
    const { write, deed } = move(
      film({ choice: aChoice({ search: false, keepDays: 0 }) }),
      read({ title: theirs }),
    );
    expect(write).toMatchObject({ is: 'restored', itemId: 'radarr01-99', notes: ['already-there'] });
    expect(deed).toEqual({ is: 'end' });
  });

  test('a film whose removal failed only gets its monitoring back', () => {
    const still = aRestoredFilm({ externalId: 7, monitored: false });
    expect(move(film(), read({ title: still })).deed).toEqual({
      is: 'monitor',
      externalId: 7,
      change: { monitored: true, seasons: [], episodes: [] },
    });
  });

  test('T-03: a season gets its own switch back, then its episodes, and no other season is touched', () => {
    const off = aRestoredShow({
      seasons: [1, 2].map((number) => ({ number, monitored: number !== 1 })),
      episodes: [anEpisode(1, 1, false), anEpisode(1, 2, false), anEpisode(2, 1)],
    });
    expect(move(season(), read({ title: off })).deed).toEqual({
      is: 'monitor',
      externalId: 3,
      change: { monitored: null, seasons: [{ number: 1, monitored: true }], episodes: [] },
    });
    const monitoring = season({ state: at('monitor') });
    expect(move(monitoring, read({ title: aRestoredShow() })).deed).toMatchObject({
      is: 'monitor',
      change: { monitored: null, seasons: [], episodes: [{ externalId: 102, monitored: false }] },
    });
  });

  test('an episode gets back what its own file held, and nothing beside it', () => {
    const before = aShowBefore({ episodes: [{ seasonNumber: 1, episodeNumber: 1 }] });
    const removal = aRemovedSeason({ kind: 'episode', keepsake: { ...aRemovedSeason().keepsake, before } });
    const title = aRestoredShow({
      episodes: [anEpisode(1, 1, false), anEpisode(1, 2), anEpisode(1, 3, false)],
    });
    expect(move(aRestore(removal), read({ title })).deed).toMatchObject({
      change: { episodes: [{ externalId: 101, monitored: true }] },
    });
  });

  test('a show that goes while it is being restored is not added: it was a part of it that we took', () => {
    expect(move(season({ state: at('monitor') }), read()).write).toMatchObject({
      is: 'failed',
      because: 'gone-again',
    });
  });
});

describe('the end', () => {
  const back = read({ title: aRestoredFilm() });

  test('is searched for only when somebody wants that', () => {
    expect(move(film({ state: at('add', { added: true }) }), back).deed).toEqual({
      is: 'search',
      externalId: 71,
      scope: { type: 'title' },
    });
    const quiet = film({ state: at('add', { added: true }), choice: aChoice({ search: false }) });
    expect(move(quiet, back).deed).toMatchObject({ is: 'keep' });
  });

  test('a search that does not work is told, and the title is back all the same', () => {
    const searched = film({ state: at('search', { added: true, tries: 2, problem: 'x' }) });
    expect(move(searched, back).write).toMatchObject({ step: 'keep', notes: ['search: x'] });
  });

  test('it is kept by hand under the number it has now, and only then restored', () => {
    const searching = film({ state: at('search', { added: true }) });
    expect(move(searching, { was: 'done' }).write).toMatchObject({ step: 'keep', tries: 0 });
    const keeping = film({ state: at('keep', { added: true, tries: 0 }) });
    const { write, deed } = move(keeping, back);
    const until = new Date('2026-12-21T10:00:00.000Z');
    expect(write).toMatchObject({ step: 'keep', tries: 1, itemId: 'radarr01-71' });
    expect(deed).toEqual({ is: 'keep', itemId: 'radarr01-71', until });
    const kept = write?.is === 'under-way' ? film({ state: write }) : film();
    expect(move(kept, { was: 'done' }).write).toEqual({
      is: 'restored',
      at: now,
      itemId: 'radarr01-71',
      keptUntil: until,
      notes: [],
    });
    expect(move(kept, { was: 'nothing' }).deed).toMatchObject({ is: 'look' });
  });

  test('an ended restore does nothing more', () => {
    const done = film({ state: { is: 'refused', at: now, because: 'show-gone' } });
    expect(move(done, back)).toEqual({ write: null, deed: { is: 'end' } });
  });

  test('a service that does not answer is asked again, and then the restore fails', () => {
    const unread = (times: number): RestoreObserved => ({ was: 'not-read', problem: silence, times });
    expect(move(film(), unread(1)).deed).toMatchObject({ is: 'look', afterMs: 2000 });
    expect(move(film(), unread(4)).write).toMatchObject({ is: 'failed', step: 'look' });
  });
});

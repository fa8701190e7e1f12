import { describe, expect, test } from 'vitest';
import { known, unknown } from '#core/fact.ts';
import type { ItemId } from '#core/ids.ts';
import { aFilmNow, anEpisodeRemoval, aRemoval, aSeasonRemoval, aShowNow } from './removal.fake.ts';
import type { Removal, RemovalStep, UnderWay } from './removal.ts';
import { nextStep, verifyDelaysMs, type Observed } from './saga.ts';
import type { StepProblem, TitleNow } from './title-now.ts';

const now = new Date('2026-11-20T03:00:00.000Z');
const silence: StepProblem = { code: 'step.unreachable', reason: 'timed out' };

const read = (title: TitleNow | null, more: Partial<Extract<Observed, { was: 'read' }>> = {}): Observed => ({
  was: 'read',
  title,
  objections: [],
  onDisk: unknown('not-mounted'),
  ...more,
});

const at = (step: RemovalStep, more: Partial<UnderWay> = {}): UnderWay => ({
  is: 'under-way',
  step,
  begunAt: now,
  tries: 0,
  bytes: 8_000_000_000,
  notes: [],
  ...more,
});

const film = (step: RemovalStep, more: Partial<UnderWay> = {}): Removal =>
  aRemoval({ state: at(step, more) });
const season = (step: RemovalStep): Removal => aSeasonRemoval({ state: at(step) });
const calm = aFilmNow({ monitored: false });
const calmShow = aShowNow({
  seasons: [
    { number: 1, monitored: false },
    { number: 2, monitored: true },
  ],
});

const deedAfter = (removal: Removal, observed: Observed) => nextStep(removal, observed, now).deed;
const writtenAfter = (removal: Removal, observed: Observed) => nextStep(removal, observed, now).write;

describe('before deleting', () => {
  test('the first thing is a look, and nothing is written for it', () => {
    expect(nextStep(aRemoval(), { was: 'nothing' }, now)).toEqual({
      write: null,
      deed: { is: 'look', afterMs: 0 },
    });
  });

  test('unmonitoring is written down before it is done', () => {
    const move = nextStep(aRemoval(), read(aFilmNow()), now);
    expect(move.deed).toEqual({ is: 'unmonitor', scope: { type: 'title' } });
    expect(move.write).toMatchObject({ is: 'under-way', step: 'unmonitor', tries: 1 });
  });

  test('that the service accepted it proves nothing; a look does (T-08)', () => {
    expect(deedAfter(film('unmonitor', { tries: 1 }), { was: 'done' })).toMatchObject({ is: 'look' });
    expect(deedAfter(film('unmonitor', { tries: 1 }), { was: 'not-done', problem: silence })).toMatchObject({
      is: 'look',
    });
    expect(writtenAfter(film('unmonitor', { tries: 1 }), read(calm))).toMatchObject({ step: 're-read' });
  });

  test('what stays monitored is not deleted', () => {
    expect(writtenAfter(film('unmonitor', { tries: 3 }), read(aFilmNow()))).toMatchObject({
      is: 'failed',
      because: 'still-monitored',
    });
  });

  test('deleting a season names its planned files and never the season next to it', () => {
    expect(deedAfter(season('re-read'), read(calmShow))).toEqual({
      is: 'delete',
      scope: { type: 'season', number: 1 },
      files: [11, 12],
    });
  });

  test('a season without a number is never taken for the whole show (T-03)', () => {
    const broken = aSeasonRemoval({ seasonNumber: null });
    expect(nextStep(broken, read(aShowNow()), now)).toMatchObject({
      write: { is: 'failed', because: 'season-unknown' },
    });
  });

  test.each([
    { because: 'gone-before', observed: read(null) },
    { because: 'gone-before', observed: read(aFilmNow({ files: [] })) },
    { because: 'identity-changed', observed: read(aFilmNow({ tmdb: 701 })) },
    { because: 'identity-changed', observed: read(aFilmNow({ externalId: 8 })) },
    { because: 'path-changed', observed: read(aFilmNow({ path: '/films/Alma' })) },
    { because: 'excluded-by-tag', observed: read(aFilmNow({ tags: ['KEEP'] })) },
    { because: 'excluded-by-hand', observed: read(aFilmNow(), { objections: ['excluded-by-hand'] }) },
    {
      because: 'new-file',
      observed: read(
        aFilmNow({
          files: [...aFilmNow().files, { externalId: 71, seasonNumber: null, path: 'x', sizeBytes: 1 }],
        }),
      ),
    },
    {
      because: 'file-changed',
      observed: read(aFilmNow({ files: aFilmNow().files.map((file) => ({ ...file, sizeBytes: 9 })) })),
    },
    {
      because: 'file-changed',
      observed: read(
        aFilmNow({ files: aFilmNow().files.map((file) => ({ ...file, path: '/films/x.mkv' })) }),
      ),
    },
  ])('left alone: $because', ({ because, observed }) => {
    expect(writtenAfter(aRemoval(), observed)).toMatchObject({
      is: 'left-alone',
      because,
      unmonitored: false,
    });
    expect(writtenAfter(film('re-read'), observed)).toMatchObject({
      is: 'left-alone',
      because,
      unmonitored: true,
    });
  });

  test.each([
    { what: 'the tag of its policy is gone', tags: [] },
    { what: 'it carries the tag of another policy too', tags: ['Wall', 'KIDS'] },
  ])('left alone: $what', ({ tags }) => {
    const options = { ...aRemoval().options, decidingTags: ['wall', 'kids'] };
    const left = { is: 'left-alone', because: 'tags-changed' };
    for (const removal of [aRemoval({ options }), { ...film('re-read'), options }])
      expect(writtenAfter(removal, read(aFilmNow({ tags })))).toMatchObject(left);
  });

  test('other tags come and go, and the case of a tag says nothing', () => {
    const removal = aRemoval({ options: { ...aRemoval().options, decidingTags: ['wall', 'kids'] } });
    expect(deedAfter(removal, read(aFilmNow({ tags: ['WALL', 'summer'] })))).toMatchObject({
      is: 'unmonitor',
    });
  });

  test('somebody who monitored it again in between wants it', () => {
    expect(writtenAfter(film('re-read'), read(aFilmNow()))).toMatchObject({ because: 'monitored-again' });
  });

  test('a service that does not answer is asked again, and then the removal fails', () => {
    const times = (n: number): Observed => ({ was: 'not-read', problem: silence, times: n });
    expect(deedAfter(aRemoval(), times(1))).toEqual({ is: 'look', afterMs: 2000 });
    expect(writtenAfter(aRemoval(), times(4))).toMatchObject({ is: 'failed', step: 'unmonitor' });
  });
});

describe('deleting', () => {
  test('after a crash the first thing is a look', () => {
    expect(nextStep(film('delete', { tries: 1 }), { was: 'nothing' }, now)).toEqual({
      write: null,
      deed: { is: 'look', afterMs: 0 },
    });
  });

  test('what is gone by then is verified, not deleted again', () => {
    expect(writtenAfter(film('delete', { tries: 1 }), read(null))).toMatchObject({ step: 'verify' });
  });

  test('what is still there is deleted once more, and only the planned part that is left', () => {
    const half = { ...calmShow, files: calmShow.files.filter((file) => file.externalId !== 11) };
    const removal = aSeasonRemoval({ state: at('delete', { tries: 1 }) });
    expect(deedAfter(removal, read(half))).toMatchObject({ is: 'delete', files: [12] });
    expect(writtenAfter(removal, read(half))).toMatchObject({ step: 'delete', tries: 2 });
  });

  test('and never a third time', () => {
    expect(writtenAfter(film('delete', { tries: 2 }), read(calm))).toMatchObject({
      is: 'failed',
      because: 'still-there',
    });
  });

  test('a clear refusal is not repeated', () => {
    const refused: StepProblem = { code: 'step.refused', status: 409, reason: 'root folder missing' };
    const move = nextStep(film('delete', { tries: 1 }), { was: 'not-done', problem: refused }, now);
    const after = nextStep(aRemoval({ state: move.write ?? at('delete') }), read(calm), now);
    expect(after.write).toMatchObject({ is: 'failed', step: 'delete' });
    expect(after.write).toHaveProperty('because', expect.stringContaining('root folder missing'));
  });

  test('what changed after deleting began is a failure to look at, not "left alone"', () => {
    const removal = film('delete', { tries: 1 });
    expect(writtenAfter(removal, read(aFilmNow({ monitored: false, tags: ['keep'] })))).toMatchObject({
      is: 'failed',
    });
    expect(writtenAfter(removal, read(aFilmNow()))).toMatchObject({
      is: 'failed',
      because: 'monitored-again',
    });
  });
});

describe('afterwards', () => {
  test('looking goes on with growing delays and then gives up, without deleting', () => {
    let removal = film('verify');
    const waits: number[] = [];
    for (;;) {
      const { write, deed } = nextStep(removal, read(calm), now);
      if (deed.is !== 'look') break;
      waits.push(deed.afterMs);
      removal = aRemoval({ state: write ?? at('verify') });
    }
    expect(waits).toEqual(verifyDelaysMs.slice(1));
    expect(writtenAfter(removal, read(calm))).toMatchObject({
      is: 'failed',
      step: 'verify',
      because: 'still-there',
    });
  });

  test('a film that Radarr forgot while its files stayed is not gone', () => {
    expect(deedAfter(film('verify'), read(null, { onDisk: known(true) }))).toMatchObject({ is: 'look' });
    expect(deedAfter(film('verify'), read(null, { onDisk: known(false) }))).toMatchObject({
      is: 'settle-requests',
    });
  });

  test('a new file in the season does not undo that the planned ones are gone', () => {
    const redownloaded = {
      ...calmShow,
      files: [{ externalId: 99, seasonNumber: 1, path: 'x', sizeBytes: 1 }],
    };
    expect(writtenAfter(season('verify'), read(redownloaded))).toMatchObject({ step: 'request' });
  });

  test('requests are not touched when the policy says so', () => {
    const removal = aRemoval({
      state: at('verify'),
      options: { addImportExclusion: false, removeRequests: false, exclusionTags: [] },
    });
    expect(deedAfter(removal, read(null))).toMatchObject({ is: 'tell-shelves' });
  });

  test('a request server that stays silent is noted, and the rest is done', () => {
    const move = nextStep(film('request', { tries: 2 }), { was: 'not-done', problem: silence }, now);
    expect(move.deed).toMatchObject({ is: 'tell-shelves' });
    expect(move.write).toMatchObject({
      step: 'media-server',
      notes: ['request: step.unreachable (timed out)'],
    });
  });

  test('the item leaves the library last, and then the removal has ended', () => {
    expect(deedAfter(film('media-server'), { was: 'done' })).toEqual({ is: 'record' });
    expect(nextStep(film('history'), { was: 'done' }, now)).toEqual({
      write: { is: 'removed', at: now, freedBytes: 8_000_000_000, notes: [] },
      deed: { is: 'end' },
    });
  });

  test('an ended removal stays as it ended', () => {
    const ended = aRemoval({ state: { is: 'removed', at: now, freedBytes: 1, notes: [] } });
    expect(nextStep(ended, read(calm), now)).toEqual({ write: null, deed: { is: 'end' } });
  });
});

describe('torrents, after the files are proven to be gone', () => {
  const torrents = { remove: true, minRatio: 1, minSeedDays: null };
  const trace = { marks: [], downloads: ['abc'] };
  const withTorrents = (step: RemovalStep, more: Partial<UnderWay> = {}): Removal => {
    const removal = film(step, more);
    return { ...removal, options: { ...removal.options, torrents } };
  };

  test('what is to be known of the files is written before they are deleted, and kept with what was removed', () => {
    const before = writtenAfter(withTorrents('re-read'), read(calm, { trace }));
    expect(before).toMatchObject({ step: 'delete', trace });
    expect(writtenAfter(withTorrents('history', { trace }), { was: 'done' })).toMatchObject({
      is: 'removed',
      trace,
    });
  });

  test('they come after the proof, and only when the policy said so', () => {
    expect(deedAfter(withTorrents('verify'), read(null))).toMatchObject({ is: 'settle-torrents' });
    expect(deedAfter(film('verify'), read(null))).toMatchObject({ is: 'settle-requests' });
    const leave = { ...torrents, remove: false };
    const removal = film('verify');
    expect(
      deedAfter({ ...removal, options: { ...removal.options, torrents: leave } }, read(null)),
    ).toMatchObject({ is: 'settle-requests' });
  });

  test('after a crash they are looked at anew, whatever was done', () => {
    expect(nextStep(withTorrents('torrents'), { was: 'nothing' }, now)).toEqual({
      write: null,
      deed: { is: 'settle-torrents', afterMs: 0 },
    });
  });

  test('a client that does not answer is asked twice more, and then noted; the removal goes on', () => {
    const failed: Observed = { was: 'not-done', problem: silence };
    expect(nextStep(withTorrents('torrents'), failed, now)).toMatchObject({
      write: { step: 'torrents', tries: 1 },
      deed: { is: 'settle-torrents', afterMs: 2000 },
    });
    expect(nextStep(withTorrents('torrents', { tries: 2 }), failed, now)).toMatchObject({
      write: { step: 'request', notes: ['torrents: step.unreachable (timed out)'] },
      deed: { is: 'settle-requests' },
    });
  });

  test('what stays is noted with its reason', () => {
    const done: Observed = { was: 'done', left: ['seeds-on (Alma)'] };
    expect(writtenAfter(withTorrents('torrents'), done)).toMatchObject({
      step: 'request',
      notes: ['torrents: seeds-on (Alma)'],
    });
  });
});

describe('one episode file (C-05)', () => {
  const scope = { type: 'episode-file', file: 11 };
  const episode = (step: RemovalStep, more: Partial<UnderWay> = {}) =>
    anEpisodeRemoval({ state: at(step, more) });
  const show = aShowNow();
  /** As Sonarr tells it when these episodes are wanted. */
  const wanted = (...numbers: readonly number[]) =>
    aShowNow({
      episodes: show.episodes.map((one) => ({ ...one, monitored: numbers.includes(one.externalId) })),
    });

  test('T-05 T-08: every episode of the file is unmonitored before it is deleted, and that is read again', () => {
    expect(deedAfter(anEpisodeRemoval(), read(show))).toEqual({ is: 'unmonitor', scope });
    expect(deedAfter(episode('unmonitor', { tries: 1 }), read(wanted(102)))).toEqual({
      is: 'unmonitor',
      scope,
    });
    expect(writtenAfter(episode('unmonitor', { tries: 1 }), read(wanted(103, 201)))).toMatchObject({
      step: 're-read',
    });
    expect(writtenAfter(episode('re-read'), read(wanted(101)))).toMatchObject({ because: 'monitored-again' });
  });

  test('J-92: exactly that file is deleted, once, whatever else its season has', () => {
    expect(deedAfter(episode('re-read'), read(wanted(103)))).toEqual({ is: 'delete', scope, files: [11] });
  });

  test('a file that by now holds another episode, or one fewer, is left alone (T-05)', () => {
    const joined = aShowNow({ episodes: show.episodes.map((one) => ({ ...one, fileId: 11 })) });
    const halved = aShowNow({
      episodes: show.episodes.map((one) => (one.externalId === 102 ? { ...one, fileId: 99 } : one)),
    });
    for (const now of [joined, halved, aShowNow({ episodes: [] })]) {
      expect(writtenAfter(anEpisodeRemoval(), read(now))).toMatchObject({ because: 'file-changed' });
    }
  });

  test('other files of the show may come and go meanwhile', () => {
    const files = [
      ...show.files.filter(({ externalId }) => externalId !== 12),
      { externalId: 99, seasonNumber: 1, path: '/series/Faro/new.mkv', sizeBytes: 5 },
    ];
    expect(deedAfter(anEpisodeRemoval(), read({ ...show, files }))).toMatchObject({ is: 'unmonitor' });
  });

  test('it is gone when its file is, and its request stays as long as the season is wanted (T-40)', () => {
    const files = show.files.filter(({ externalId }) => externalId !== 11);
    expect(deedAfter(episode('verify'), read({ ...show, files }))).toMatchObject({ is: 'settle-requests' });
    expect(deedAfter(episode('verify'), read(show))).toMatchObject({ is: 'look' });
  });

  test.each([
    ['a file number that the plan does not name', { plannedFiles: aSeasonRemoval().plannedFiles.slice(1) }],
    ['more than one file', { plannedFiles: aSeasonRemoval().plannedFiles }],
    ['no file', { plannedFiles: [] }],
    [
      'the number zero (T-05)',
      { itemId: 'sonarr01-3-f0' as ItemId, plannedFiles: [{ externalId: 0, path: 'x', sizeBytes: 1 }] },
    ],
    ['an item that is a season', { itemId: 'sonarr01-3-s01' as ItemId }],
  ])('T-03: with %s it is never taken for its season or its show', (_what, changes) => {
    expect(nextStep(anEpisodeRemoval(changes), read(show), now)).toMatchObject({
      write: { is: 'failed', because: 'file-unknown' },
      deed: { is: 'end' },
    });
  });
});

import { describe, expect, test } from 'vitest';
import { known } from '#core/fact.ts';
import { aFilmNow, aRemoval, aSeasonRemoval, aShowNow } from './removal.fake.ts';
import {
  at,
  calm,
  calmShow,
  deedAfter,
  film,
  now,
  read,
  season,
  silence,
  writtenAfter,
} from './saga.fake.ts';
import { nextStep, verifyDelaysMs, type Observed } from './saga.ts';
import type { StepProblem } from './title-now.ts';

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

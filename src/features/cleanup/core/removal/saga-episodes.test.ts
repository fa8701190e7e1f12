import { describe, expect, test } from 'vitest';
import type { ItemId } from '#core/ids.ts';
import { anEpisodeRemoval, aSeasonRemoval, aShowNow } from './removal.fake.ts';
import type { RemovalStep, UnderWay } from './removal.ts';
import { at, deedAfter, now, read, writtenAfter } from './saga.fake.ts';
import { nextStep } from './saga.ts';

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

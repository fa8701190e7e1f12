import { describe, expect, test } from 'vitest';
import { known, unknown } from '#core/fact.ts';
import type { Watcher } from '#features/library/core/item.ts';
import { ageOf } from './age.ts';
import { aFilm, daysAgo } from '../build.fake.ts';

const watched = (lastWatchedAt: Date | null, over: Partial<Watcher> = {}) =>
  known({
    lastWatchedAt,
    watchers: [{ user: 'ana', lastWatchedAt, finished: true, halfWay: false, ...over }],
  });

describe('ageOf', () => {
  test('counts from the import when nobody watched', () => {
    expect(ageOf(aFilm(), 'newest-import')).toMatchObject({ known: true, countsFrom: daysAgo(400) });
  });

  test('J-30: a later watch starts the clock again', () => {
    const film = aFilm({ watch: watched(daysAgo(20)) });
    expect(ageOf(film, 'newest-import')).toMatchObject({
      countsFrom: daysAgo(20),
      lastWatchedAt: daysAgo(20),
    });
  });

  test('J-30: a download after the last watch starts the clock again', () => {
    const film = aFilm({ newestFileAt: known(daysAgo(5)), watch: watched(daysAgo(300)) });
    expect(ageOf(film, 'newest-import')).toMatchObject({ countsFrom: daysAgo(5) });
  });

  test('J-22: the policy says which import counts', () => {
    const film = aFilm({ newestFileAt: known(daysAgo(10)), oldestImportAt: known(daysAgo(700)) });
    expect(ageOf(film, 'newest-import')).toMatchObject({ countsFrom: daysAgo(10) });
    expect(ageOf(film, 'oldest-import')).toMatchObject({ countsFrom: daysAgo(700) });
  });

  test('J-21: what no import tells of has no known age', () => {
    expect(ageOf(aFilm({ oldestImportAt: known(null) }), 'oldest-import')).toMatchObject({
      known: false,
      why: 'no-import',
    });
  });

  test('J-33, J-38: what could not be asked is not "never watched"', () => {
    const film = aFilm({ watch: unknown('not-in-media-server') });
    expect(ageOf(film, 'newest-import')).toEqual({
      known: false,
      why: 'not-in-media-server',
      importedAt: daysAgo(400),
      lastWatchedAt: null,
    });
  });

  test('keeps the reason why the import could not be read', () => {
    expect(ageOf(aFilm({ newestFileAt: unknown('history-not-read') }), 'newest-import')).toMatchObject({
      known: false,
      why: 'history-not-read',
    });
  });

  test('T-22: played, but nobody can say when, is not known', () => {
    expect(ageOf(aFilm({ watch: watched(null) }), 'newest-import')).toMatchObject({
      why: 'watched-without-date',
    });
    expect(ageOf(aFilm({ watch: watched(null, { finished: false }) }), 'newest-import')).toMatchObject({
      known: true,
    });
  });

  test('a date that is no date is not known', () => {
    const broken = new Date('not a date');
    expect(ageOf(aFilm({ newestFileAt: known(broken) }), 'newest-import')).toMatchObject({ known: false });
    expect(ageOf(aFilm({ watch: watched(broken) }), 'newest-import')).toMatchObject({ known: false });
  });

  test('J-39: instants are compared, whatever zone they were written in', () => {
    const film = aFilm({
      newestFileAt: known(new Date('2026-01-01T23:30:00-05:00')),
      watch: watched(new Date('2026-01-02T04:00:00Z')),
    });
    expect(ageOf(film, 'newest-import')).toMatchObject({ countsFrom: new Date('2026-01-02T04:30:00Z') });
  });
});

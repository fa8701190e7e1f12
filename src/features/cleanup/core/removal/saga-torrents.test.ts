import { describe, expect, test } from 'vitest';
import type { Removal, RemovalStep, UnderWay } from './removal.ts';
import { calm, deedAfter, film, now, read, silence, writtenAfter } from './saga.fake.ts';
import { nextStep, type Observed } from './saga.ts';

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

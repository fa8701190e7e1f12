import { describe, expect, test } from 'vitest';
import { everyDay, readTimeOfDay, readTimetable, writeTimeOfDay, writeTimetable } from './timetable.ts';

describe('a time table', () => {
  test.each([
    { cron: '0 4 * * *', hour: 4, minute: 0, weekdays: everyDay },
    { cron: '30 23 * * 1-5', hour: 23, minute: 30, weekdays: [1, 2, 3, 4, 5] },
    { cron: '5 0 * * 0,6', hour: 0, minute: 5, weekdays: [0, 6] },
    { cron: ' 15  6 * *  5-7 ', hour: 6, minute: 15, weekdays: [0, 5, 6] },
  ])('reads $cron', ({ cron, ...expected }) => {
    expect(readTimetable(cron)).toEqual(expected);
  });

  test.each([
    '*/15 * * * *',
    '0 4 1 * *',
    '0 24 * * *',
    '60 4 * * *',
    '0 4 * * 8',
    '0 4 * * 5-1',
    '0 4 * *',
    '',
  ])('leaves %j to those who know cron', (cron) => {
    expect(readTimetable(cron)).toBeNull();
  });

  test('is written as it was read', () => {
    for (const cron of ['0 4 * * *', '30 23 * * 1,2,3', '5 0 * * 0,6']) {
      const table = readTimetable(cron);
      expect(table && writeTimetable(table)).toBe(cron);
    }
  });

  test('without a day means every day', () => {
    expect(writeTimetable({ hour: 4, minute: 0, weekdays: [] })).toBe('0 4 * * *');
    expect(writeTimetable({ hour: 4, minute: 0, weekdays: [6, 5, 4, 3, 2, 1, 0] })).toBe('0 4 * * *');
  });
});

describe('a time of day', () => {
  test('is read as a browser sends it', () => {
    expect(readTimeOfDay('04:30')).toEqual({ hour: 4, minute: 30 });
    expect(readTimeOfDay('23:59:00')).toEqual({ hour: 23, minute: 59 });
  });

  test.each(['', '4', '24:00', '12:60', 'noon'])('is not %j', (text) => {
    expect(readTimeOfDay(text)).toBeNull();
  });

  test('is written with two digits each', () => {
    expect(writeTimeOfDay({ hour: 4, minute: 5 })).toBe('04:05');
  });
});

import { describe, expect, test } from 'vitest';
import {
  daysLeft,
  formatAgo,
  formatBytes,
  formatCount,
  formatDateTime,
  formatDays,
  formatDaysLeft,
  formatDuration,
  formatPercent,
  formatShortDate,
  initials,
} from './format.ts';

const plain = (text: string) => text.replaceAll(/[\u00A0\u202F]/g, ' ');
const now = new Date('2026-11-20T12:00:00Z');
const at = (text: string) => new Date(text);

describe('bytes', () => {
  test.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1 kB'],
    [4_400_000, '4.4 MB'],
    [340_000_000_000, '340 GB'],
    [1_234_000_000_000, '1.2 TB'],
    [999_999_999_999, '1 TB'],
    [34_500_000_000, '34.5 GB'],
    [-2_000_000_000, '-2 GB'],
  ])('says %d as %s', (bytes, text) => {
    expect(plain(formatBytes(bytes, 'en'))).toBe(text);
  });

  test('uses the comma in Spanish', () => {
    expect(plain(formatBytes(1_234_000_000_000, 'es'))).toBe('1,2 TB');
  });

  test('never breaks between the number and its unit', () => {
    expect(formatBytes(5, 'en')).toContain('\u00A0');
  });
});

test('keeps a decimal of a small percentage only', () => {
  expect(formatPercent(0.42, 'en')).toBe('0.4%');
  expect(formatPercent(42.4, 'en')).toBe('42%');
  expect(plain(formatPercent(42.4, 'es'))).toBe('42 %');
});

test('groups thousands in both languages', () => {
  expect(formatCount(1234, 'en')).toBe('1,234');
  expect(formatCount(1234, 'es')).toBe('1.234');
});

describe('relative times', () => {
  test.each([
    ['2026-11-20T11:59:40Z', 'now', 'ahora'],
    ['2026-11-20T11:58:00Z', '2 minutes ago', 'hace 2 minutos'],
    ['2026-11-20T09:00:00Z', '3 hours ago', 'hace 3 horas'],
    ['2026-11-19T12:00:00Z', 'yesterday', 'ayer'],
    ['2026-12-02T12:00:00Z', 'in 12 days', 'dentro de 12 días'],
    ['2026-08-20T12:00:00Z', '3 months ago', 'hace 3 meses'],
    ['2024-11-20T12:00:00Z', '2 years ago', 'hace 2 años'],
  ])('%s is %s, in Spanish %s', (date, en, es) => {
    expect(formatAgo(at(date), now, 'en')).toBe(en);
    expect(formatAgo(at(date), now, 'es')).toBe(es);
  });
});

describe('days left', () => {
  test('counts calendar days, not 24 hours', () => {
    expect(daysLeft(at('2026-11-21T00:30:00Z'), at('2026-11-20T23:30:00Z'), 'UTC')).toBe(1);
    expect(daysLeft(at('2026-11-20T23:30:00Z'), now, 'UTC')).toBe(0);
  });

  test('counts them in the zone of the household', () => {
    expect(daysLeft(at('2026-11-20T23:30:00Z'), now, 'Europe/Madrid')).toBe(1);
  });

  test('is said in words', () => {
    expect(formatDaysLeft(at('2026-11-21T08:00:00Z'), now, 'en', 'UTC')).toBe('tomorrow');
    expect(formatDaysLeft(at('2026-12-02T08:00:00Z'), now, 'es', 'UTC')).toBe('dentro de 12 días');
  });
});

test('says durations with at most two units', () => {
  expect(formatDuration(125_000, 'en')).toBe('2 min 5 sec');
  expect(formatDuration(3_600_000, 'en')).toBe('1 hr');
  expect(formatDuration(90_061_000, 'en')).toBe('1 day 1 hr');
  expect(formatDuration(320, 'en')).toBe('320 ms');
});

test('says days in full', () => {
  expect(plain(formatDays(90, 'es'))).toBe('90 días');
  expect(plain(formatDays(1, 'en'))).toBe('1 day');
});

test('names the zone of an exact time', () => {
  expect(formatDateTime(now, 'en', 'UTC')).toContain('UTC');
});

test('leaves the year out when it is this one', () => {
  expect(formatShortDate(at('2026-12-02T08:00:00Z'), now, 'en', 'UTC')).toBe('Dec 2');
  expect(formatShortDate(at('2027-01-02T08:00:00Z'), now, 'en', 'UTC')).toBe('Jan 2, 2027');
});

test('makes initials of letters and digits only', () => {
  expect(initials('The Leftovers')).toBe('TL');
  expect(initials('¡Átame!')).toBe('Á');
  expect(initials('2001: A Space Odyssey')).toBe('2A');
  expect(initials('…')).toBe('');
});

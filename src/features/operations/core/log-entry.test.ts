import { expect, test } from 'vitest';
import { parseLogLine, passes, type LogFilter } from './log-entry.ts';

const line = {
  level: 40,
  time: '2026-01-31T04:00:00.000Z',
  part: 'library',
  msg: 'Radarr is slow',
  tookMs: 900,
};
const anyEntry: LogFilter = { level: 'trace', text: '', part: null };

test('reads a line of the log', () => {
  expect(parseLogLine(line)).toEqual({
    at: '2026-01-31T04:00:00.000Z',
    level: 'warn',
    part: 'library',
    text: 'Radarr is slow',
    more: '{"tookMs":900}',
  });
});

test('a line without a time is not an entry', () => {
  expect(parseLogLine({ level: 30 })).toBeNull();
});

test.each([
  [{}, true],
  [{ level: 'warn' as const }, true],
  [{ level: 'error' as const }, false],
  [{ text: 'RADARR' }, true],
  [{ text: 'tookms' }, true],
  [{ text: 'sonarr' }, false],
  [{ part: 'library' }, true],
  [{ part: 'cleanup' }, false],
])('the filter %j lets it pass: %s', (over, expected) => {
  const entry = parseLogLine(line);
  expect(entry && passes(entry, { ...anyEntry, ...over })).toBe(expected);
});

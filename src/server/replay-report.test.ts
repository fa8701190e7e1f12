import { expect, test } from 'vitest';
import type { Replay } from '#features/archive/server/index.ts';
import { replayReport } from './replay-report.ts';

const counts = { posts: 3, readable: 1, blocks: 4, media: 2, drift: 1 };
const aReplay = (over: Partial<Replay> = {}): Replay => ({
  plugin: 'patreon',
  parserVersion: 2,
  read: 3,
  changed: 1,
  wanted: 0,
  unreadable: { count: 0, first: [] },
  before: counts,
  after: counts,
  ...over,
});

test('says what was read anew, and what is there more of', () => {
  expect(replayReport([aReplay({ wanted: 1, after: { ...counts, readable: 2, drift: 0 } })])).toBe(
    [
      'patreon (parser 2): 3 posts read anew, 1 shown otherwise than before',
      '  readable 1 -> 2, blocks 4, media 2, not known to the parser 1 -> 0',
      '  1 media file is to be fetched: the program does it when it runs',
    ].join('\n'),
  );
});

test('names what could not be read, and how many more', () => {
  const unreadable = { count: 3, first: [{ post: '12', why: 'a new shape' }] };
  expect(
    replayReport([aReplay({ unreadable })])
      .split('\n')
      .slice(2),
  ).toEqual([
    '  3 posts could not be read; the answers are kept, and what was shown stays:',
    '    12: a new shape',
    '    and 2 more',
  ]);
});

test('a source that nobody has is not told of', () => {
  const none = { posts: 0, readable: 0, blocks: 0, media: 0, drift: 0 };
  expect(replayReport([aReplay({ read: 0, before: none, after: none })])).toBe('Nothing is archived yet.');
});

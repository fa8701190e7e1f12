import { expect, test } from 'vitest';
import type { ItemId } from '#core/ids.ts';
import { daysAgo } from '../build.fake.ts';
import { byShow } from './by-show.ts';

const leaver = (id: string, title: string, days = 0, sizeBytes: number | null = 5) => ({
  itemId: id as ItemId,
  title,
  sizeBytes,
  dueAt: daysAgo(-days),
});
const film = leaver('radarr01-1', 'Alma');
const news = [1, 2, 3].map((file) => leaver(`sonarr01-9-f${String(file)}`, 'News', file));
const other = leaver('sonarr01-8-f1', 'Other');
const never = () => 0;

test('episode files of a show are one line where the first of them stood; all else stays as it was', () => {
  const [first, second, third] = news;
  if (!first || !second || !third) throw new Error('three');
  expect(byShow([film, second, other, first, third], never)).toEqual([
    { is: 'one', item: film },
    {
      is: 'show',
      group: {
        showId: 'sonarr01-9',
        title: 'News',
        episodes: [second, first, third],
        sizeBytes: 15,
        dueAt: first.dueAt,
      },
    },
    { is: 'one', item: other },
  ]);
});

test('seasons and whole shows are no episodes, and each day has its own line', () => {
  const seasons = [
    leaver('sonarr01-9-s01', 'News'),
    leaver('sonarr01-9-s02', 'News'),
    leaver('sonarr01-9', 'News'),
  ];
  expect(byShow(seasons, never)).toEqual(seasons.map((item) => ({ is: 'one', item })));
  expect(byShow(news, ({ dueAt }) => dueAt.getTime())).toHaveLength(3);
});

test('a size that nobody knows makes the sum unknown', () => {
  const lines = byShow([...news, leaver('sonarr01-9-f4', 'News', 0, null)], never);
  expect(lines).toMatchObject([{ is: 'show', group: { sizeBytes: null } }]);
});

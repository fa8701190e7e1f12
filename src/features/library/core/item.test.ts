import { expect, test } from 'vitest';
import type { ConnectionId, ItemId } from '#core/ids.ts';
import { episodeId, episodeOf, seasonId, titleId, titleOf } from './item.ts';

const show = titleId('sonarr01' as ConnectionId, 7);

test('the id of a season and of an episode file tell their show (T-14)', () => {
  expect(titleOf(show)).toEqual({ connectionId: 'sonarr01', externalId: 7 });
  expect(titleOf(seasonId(show, 2024))).toEqual({ connectionId: 'sonarr01', externalId: 7 });
  expect(titleOf(episodeId(show, 123_456))).toEqual({ connectionId: 'sonarr01', externalId: 7 });
  expect(titleOf('sonarr01-7-x1')).toBeNull();
});

test('the id of an episode item names its file, and no other id does (T-05)', () => {
  expect(episodeId(show, 12)).toBe('sonarr01-7-f12');
  expect(episodeOf('sonarr01-7-f12')).toEqual({ showId: 'sonarr01-7' as ItemId, fileExternalId: 12 });
  for (const other of [show, seasonId(show, 1), 'sonarr01-f12', 'sonarr01-7-f', 'sonarr01-7-f12x'])
    expect(episodeOf(other)).toBeNull();
});

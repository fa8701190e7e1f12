import { expect, test } from 'vitest';
import { daysAgo, now } from '../../core/build.fake.ts';
import { excludeSchema, mediaFilter, mediaQueryOf } from './filter.schemas.ts';

test('the filter of the Media page counts days back from now', () => {
  const query = mediaQueryOf(
    mediaFilter.parse({ minAgeDays: '30', type: 'show', page: '3', pageSize: '20' }),
    now,
  );
  expect(query).toMatchObject({
    addedBefore: daysAgo(30),
    kinds: ['show'],
    offset: 40,
    limit: 20,
    sort: 'title',
  });
});

test('keeping without a date is keeping for ever', () => {
  expect(excludeSchema.parse({ until: '', note: '' })).toEqual({ until: null, note: null });
  expect(excludeSchema.parse({ until: '2026-07-01' })).toEqual({ until: new Date('2026-07-01'), note: null });
});

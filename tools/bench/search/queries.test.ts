import { describe, expect, test } from 'vitest';
import { seedCollection } from './collection.ts';
import { gradesOf, sorts } from './judged.ts';
import { queries } from './queries.ts';

const all = seedCollection();

describe('the judged set', () => {
  test('has enough of every sort, in Spanish and in English, and nothing twice', () => {
    expect(queries.length).toBeGreaterThanOrEqual(60);
    expect(new Set(queries.map(({ text }) => text)).size).toBe(queries.length);
    for (const sort of sorts)
      for (const language of ['es', 'en'])
        expect(
          queries.filter((one) => one.sort === sort && one.language === language).length,
        ).toBeGreaterThanOrEqual(4);
  });

  test.each(queries)(
    '$text: each sign is one of something in the seed, and few things are the answer',
    (judged) => {
      for (const [grade, signs] of Object.entries(judged.wants))
        for (const sign of signs) {
          const alone = { ...judged, wants: { 3: [sign] } };
          expect([grade, sign, gradesOf(alone, all).size > 0]).toEqual([grade, sign, true]);
        }
      const best = [...gradesOf(judged, all).values()].filter((grade) => grade === 3).length;
      expect(best).toBeGreaterThan(0);
      expect(best).toBeLessThan(40);
    },
  );
});

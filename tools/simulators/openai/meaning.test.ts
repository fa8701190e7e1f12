import { expect, test } from 'vitest';
import { overviewPairs } from '../../seed/overviews.ts';
import { plans } from '../../seed/patreon/plans.ts';
import { seedMeaning } from './embed.ts';

const meaning = seedMeaning();
const likeness = (one: string, other: string): number => {
  const [a, b] = [meaning(one), meaning(other)];
  return a.reduce((sum, number, at) => sum + number * (b[at] ?? 0), 0);
};

test.each([
  // the same thing in one language
  ['varnish with shellac', 'barniz', 'goma laca', 'terremoto'],
  ['a guitar', 'tapa armónica', 'abeto', 'calendario'],
  ['a coast', 'shoreline', 'estuaries', 'Cepheids'],
  ['a comet', 'Halley', 'cometa', 'palosanto'],
  // and in two, where the seed has the same sentence in both
  ['a house', 'house', 'casa', 'astrolabio'],
  ['toys', 'the toys', 'los juguetes', 'el abeto'],
  ['bells', 'church bells', 'campanas', 'estuario'],
  ['a goat', 'goat', 'cabra', 'latón'],
])('%s: "%s" is nearer to "%s" than to "%s"', (_what, one, near, far) => {
  expect(likeness(one, near)).toBeGreaterThan(likeness(one, far) + 0.1);
});

test('a sentence is nearest to the same sentence in the other language', () => {
  const pairs = overviewPairs();
  const found = pairs.filter(({ en }, index) => {
    const by = pairs.map(({ es }) => likeness(en, es));
    return by.indexOf(Math.max(...by)) === index;
  });
  expect(found.length / pairs.length).toBeGreaterThan(0.9);
});

test('two halves of what is said of a topic are nearer than halves of two topics', () => {
  const topics = plans.flatMap(({ materials }) => materials.flatMap((material) => material.topics));
  const halves = topics.map(({ sentences }) => {
    const middle = Math.ceil(sentences.length / 2);
    return { one: sentences.slice(0, middle).join(' '), other: sentences.slice(middle).join(' ') };
  });
  const found = halves.filter(({ one }, index) => {
    const by = halves.map(({ other }) => likeness(one, other));
    return by.indexOf(Math.max(...by)) === index;
  });
  expect(found.length / topics.length).toBeGreaterThan(0.9);
});

test('a word that stands nowhere in the seed has a direction of its own, always the same', () => {
  expect(likeness('zarzaparrilla', 'zarzaparrilla')).toBeCloseTo(1, 5);
  expect(Math.abs(likeness('zarzaparrilla', 'quinqué'))).toBeLessThan(0.25);
  expect(Math.abs(likeness('zarzaparrilla', 'guitarra'))).toBeLessThan(0.25);
});

test('nothing, signs and emoji are vectors of length 1 too', () => {
  for (const text of ['', '…', '🦉', '12', 'a'.repeat(10_000)])
    expect(likeness(text, text)).toBeCloseTo(1, 5);
});

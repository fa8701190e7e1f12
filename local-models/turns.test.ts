import { expect, test } from 'vitest';
import { createTurns } from './turns.ts';

function aHouse() {
  const order: string[] = [];
  let rests = 0;
  const take = createTurns(() => (rests += 1));
  const work = async (name: string, kind: 'text' | 'sound', turns: number, signal?: AbortSignal) => {
    for (let left = turns; left > 0; left -= 1)
      await take({ kind, left }, signal, async () => void order.push(name));
  };
  return { order, work, rests: () => rests };
}

test('a heap of texts is not interrupted by a larger one, but by a question', async () => {
  const { order, work } = aHouse();
  await Promise.all([work('large', 'text', 4), work('heap', 'text', 2), work('question', 'text', 1)]);
  expect(order).toEqual(['large', 'question', 'heap', 'heap', 'large', 'large', 'large']);
});

test('a sound goes on while there are more texts than ever end, and texts while there is a sound', async () => {
  const { order, work } = aHouse();
  await Promise.all([work('t', 'text', 100), work('S', 'sound', 3)]);
  expect(order.join('')).toBe(`${'t'.repeat(32)}S${'t'.repeat(32)}S${'t'.repeat(32)}S${'t'.repeat(4)}`);
});

test('who left is forgotten, and when nobody waits there is rest', async () => {
  const { order, work, rests } = aHouse();
  const stop = new AbortController();
  const left = work('left', 'text', 5, stop.signal);
  const stays = work('stays', 'sound', 2);
  stop.abort(new Error('gone'));
  await expect(left).rejects.toThrow('gone');
  await stays;
  await expect.poll(rests).toBeGreaterThan(0);
  expect(order).toEqual(['left', 'stays', 'stays']);
});

test('work that fails costs nobody else a turn', async () => {
  const take = createTurns(() => undefined);
  const fails = take({ kind: 'text', left: 1 }, undefined, () => Promise.reject(new Error('broken')));
  const works = take({ kind: 'text', left: 1 }, undefined, () => Promise.resolve('done'));
  await expect(fails).rejects.toThrow('broken');
  expect(await works).toBe('done');
});

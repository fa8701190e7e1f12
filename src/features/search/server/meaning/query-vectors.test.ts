import { expect, test } from 'vitest';
import { aModel, fakeEmbedder } from './embedder.fake.ts';
import { createQueryVectors } from './query-vectors.ts';

const model = { ...aModel(), number: 1, isWhole: true };

function aHouse() {
  const embedder = fakeEmbedder();
  const clock = { now: () => new Date('2026-11-27T20:00:00Z') };
  return { embedder, questions: createQueryVectors({ embedder, clock, deadlineMs: 20 }) };
}

test('the same question is asked once, until the settings of the model are saved', async () => {
  const { embedder, questions } = aHouse();
  const first = await questions.vectorOf(model, 'lámparas');
  expect(await questions.vectorOf(model, 'lámparas')).toEqual(first);
  expect(embedder.asked).toEqual(['lámparas']);
  questions.forget();
  await questions.vectorOf(model, 'lámparas');
  expect(embedder.asked).toEqual(['lámparas', 'lámparas']);
});

test('who was late is left alone for a while, unless it is set up anew', async () => {
  const { embedder, questions } = aHouse();
  embedder.hang(true);
  expect(await questions.vectorOf(model, 'uno')).toMatchObject({ error: { code: 'model.timed-out' } });
  embedder.hang(false);
  expect(await questions.vectorOf(model, 'dos')).toMatchObject({ error: { code: 'model.timed-out' } });
  questions.forget();
  expect(await questions.vectorOf(model, 'dos')).toMatchObject({ ok: true });
});

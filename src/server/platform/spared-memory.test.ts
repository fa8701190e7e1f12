import { expect, test } from 'vitest';
import { createMemorySparing } from './spared-memory.ts';

function opened() {
  const flags: string[] = [];
  return { flags, sparing: createMemorySparing((flag) => void flags.push(flag)) };
}

test('memory is spared from the beginning of the first work to the end of the last', async () => {
  const { flags, sparing } = opened();
  const [long, short] = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
  const first = sparing(() => long.promise);
  const second = sparing(() => short.promise);
  expect(flags).toEqual(['--optimize-for-size']);

  short.resolve('second');
  expect(await second).toBe('second');
  expect(flags).toEqual(['--optimize-for-size']);

  long.resolve('first');
  expect(await first).toBe('first');
  expect(flags).toEqual(['--optimize-for-size', '--no-optimize-for-size']);
});

test('work that fails ends it as well, and fails', async () => {
  const { flags, sparing } = opened();
  await expect(sparing(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(flags.at(-1)).toBe('--no-optimize-for-size');
});

test('the process knows both flags', async () => {
  const sparing = createMemorySparing();
  await expect(sparing(() => Promise.resolve(1))).resolves.toBe(1);
});

import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { freeSpace } from './files.ts';

test('measures the file system of a folder that is here', async () => {
  const space = await freeSpace(tmpdir());
  expect(space).toMatchObject({ known: true });
  if (space.known) expect(space.value.freeBytes).toBeLessThanOrEqual(space.value.totalBytes);
});

test('a folder that is not here, or is a file, is unknown and not empty (T-13)', async () => {
  expect(await freeSpace('/not/here')).toEqual({ known: false, why: 'not-here' });
  expect(await freeSpace(import.meta.filename)).toEqual({ known: false, why: 'not-here' });
});

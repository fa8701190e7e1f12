import { copyFile, link, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fileAt, freeSpace } from './files.ts';

test('measures the file system of a folder that is here', async () => {
  const space = await freeSpace(tmpdir());
  expect(space).toMatchObject({ known: true });
  if (space.known) expect(space.value.freeBytes).toBeLessThanOrEqual(space.value.totalBytes);
});

test('a folder that is not here, or is a file, is unknown and not empty (T-13)', async () => {
  expect(await freeSpace('/not/here')).toEqual({ known: false, why: 'not-here' });
  expect(await freeSpace(import.meta.filename)).toEqual({ known: false, why: 'not-here' });
});

test('two names of one file are one file with two names; a copy is another one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'keepercheky-names-'));
  const [one, two, copy] = ['one', 'two', 'copy'].map((name) => join(folder, name));
  if (!one || !two || !copy) throw new Error('no names');
  await writeFile(one, 'bytes');
  await link(one, two);
  await copyFile(one, copy);
  const [first, second, third] = await Promise.all([one, two, copy].map(fileAt));
  expect(first).toMatchObject({ known: true, value: { names: 2, sizeBytes: 5 } });
  expect(second).toEqual(first);
  expect(third).toMatchObject({ known: true, value: { names: 1, sizeBytes: 5 } });
  expect(third?.known === true && first?.known === true && third.value?.inode !== first.value?.inode).toBe(
    true,
  );
  expect(await fileAt(join(folder, 'none'))).toEqual({ known: true, value: null });
  expect(await fileAt(folder)).toEqual({ known: true, value: null });
  await rm(folder, { recursive: true });
});

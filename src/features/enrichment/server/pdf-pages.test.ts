import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPrograms } from '#server/platform/program.ts';
import { sharpOf } from '#server/platform/sharp.ts';
import { aPdf } from './pdf.fake.ts';
import { drawPage } from './pdf-pages.ts';

const signal = new AbortController().signal;
const hasPoppler = spawnSync('pdftoppm', ['-v']).status === 0;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kc-pages-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function draw(bytes: Buffer | string, page = 1) {
  const path = join(folder, '-f, ñ.pdf');
  await writeFile(path, bytes);
  return drawPage(createPrograms({}), { path, page, longerSide: 400 }, signal);
}

const codeOf = (drawn: Awaited<ReturnType<typeof draw>>) => (drawn.ok ? 'drawn' : drawn.error.code);

test('without the program it waits for it by name', async () => {
  const drawn = await drawPage(
    createPrograms({ pdftoppm: '/not/here' }),
    { path: '/none', page: 1, longerSide: 400 },
    signal,
  );
  expect(drawn).toEqual({ ok: false, error: { code: 'program.missing', program: 'pdftoppm' } });
});

describe.skipIf(!hasPoppler)('with pdftoppm', () => {
  test('the page that is wanted is drawn, no larger than it may be', async () => {
    const black = deflateSync('0 0 0 rg 0 0 595 842 re f');
    const white = await draw(aPdf(['', black]), 1);
    const dark = await draw(aPdf(['', black]), 2);
    const middle = async (drawn: typeof white) => {
      if (!drawn.ok) throw new Error(drawn.error.code);
      const picture = await sharpOf(drawn.value);
      const { width, height } = await picture.metadata();
      const { channels } = await (await sharpOf(drawn.value)).stats();
      return { width, height, light: Math.round(channels[0]?.mean ?? -1) };
    };
    expect(await middle(white)).toEqual({ width: 283, height: 400, light: 255 });
    expect((await middle(dark)).light).toBeLessThan(5);
  });

  test('a page that says it is as large as a field is no larger a picture', async () => {
    const field = Buffer.from(
      aPdf(['x']).toString('latin1').replace('[0 0 595 842]', '[0 0 9e6 8e5]'),
      'latin1',
    );
    const drawn = await draw(field);
    if (drawn.ok) {
      const { width } = await (await sharpOf(drawn.value)).metadata();
      expect(width).toBeLessThanOrEqual(400);
    } else expect(drawn.error.code).toBe('derivative.not-readable');
  });

  test('what cannot be drawn says why', async () => {
    expect(codeOf(await draw(aPdf(['x'], { encrypted: true })))).toBe('derivative.locked');
    expect(codeOf(await draw('no PDF'))).toBe('derivative.not-readable');
    expect(codeOf(await draw(''))).toBe('derivative.not-readable');
    expect(codeOf(await draw(aPdf(['x']), 7))).toBe('derivative.not-readable');
  });
});

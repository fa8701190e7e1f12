import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPrograms } from '#server/platform/program.ts';
import { readPageSizes, readPdf, titlesOfPdfs } from './pdf.ts';
import { aPdf, bombOf } from './pdf.fake.ts';

const signal = new AbortController().signal;
const programs = createPrograms({ ffmpeg: '/not/here', ffprobe: '/not/here' });
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kc-pdf-'));
});
afterAll(() => rm(folder, { recursive: true }));

let number = 0;
async function aFile(bytes: Buffer | string, name = `a, b ñ ${++number}.pdf`): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

const read = async (bytes: Buffer | string) => readPdf(programs, await aFile(bytes), signal);

test('each page has its text, and one that is only a picture has none', async () => {
  expect(await read(aPdf(['The lamp \\(old\\)', '', 'La l\xe1mpara']))).toEqual({
    ok: true,
    value: {
      kind: 'pdf',
      pages: [
        { page: 1, text: 'The lamp (old)' },
        { page: 2, text: '' },
        { page: 3, text: 'La lámpara' },
      ],
    },
  });
});

test('each page says how large it is, also one whose content is broken', async () => {
  const pdf = aPdf(['before', Buffer.from('no deflate')]).toString('latin1');
  const path = await aFile(Buffer.from(pdf.replace('[0 0 595 842]', '[0 0 842 595]'), 'latin1'));
  expect(await readPageSizes(programs, path, signal)).toEqual({
    ok: true,
    value: [
      { width: 842, height: 595 },
      { width: 595, height: 842 },
    ],
  });
  expect(await readPageSizes(programs, await aFile('no PDF'), signal)).toMatchObject({
    ok: false,
    error: { code: 'derivative.not-readable' },
  });
});

test('Chinese letters are known by the tables of them', async () => {
  const content = deflateSync('BT /F2 12 Tf 50 700 Td <4F60597D> Tj ET');
  expect(await read(aPdf([content]))).toMatchObject({ ok: true, value: { pages: [{ text: '你好' }] } });
});

test('a thousand pages are read', async () => {
  const text = await read(aPdf(Array.from({ length: 1000 }, (_, index) => `This is page ${index + 1}`)));
  expect(text.ok && text.value.kind === 'pdf' && text.value.pages.at(-1)).toEqual({
    page: 1000,
    text: 'This is page 1000',
  });
}, 120_000);

test('a document that says it has a thousand million pages has those that are there', async () => {
  expect(await read(aPdf(['only this'], { saidPages: 1_000_000_000 }))).toMatchObject({
    ok: true,
    value: { pages: [{ page: 1, text: 'only this' }] },
  });
});

test('a page that is broken does not take the others with it', async () => {
  const text = await read(aPdf(['before', Buffer.from('no deflate'), 'after']));
  expect(text).toMatchObject({
    ok: true,
    value: { pages: [{ text: 'before' }, { text: '' }, { text: 'after' }] },
  });
});

describe('by name fails', () => {
  test('one that needs a password', async () => {
    expect(await read(aPdf(['secret'], { encrypted: true }))).toEqual({
      ok: false,
      error: { code: 'derivative.locked' },
    });
  });

  test.each([
    ['an empty file', ''],
    ['no PDF at all', '%PDF-1.7\nnothing that is one'],
  ])('%s', async (_name, bytes) => {
    expect(await read(bytes)).toMatchObject({ ok: false, error: { code: 'derivative.not-readable' } });
  });

  test('one that unpacks to more than there is memory for', async () => {
    const bomb = aPdf(['before', bombOf(4096)]);
    expect(bomb.length).toBeLessThan(8_000_000);
    expect(await read(bomb)).toEqual({ ok: false, error: { code: 'derivative.too-large' } });
  }, 120_000);

  test('one whose reader never comes to an end', async () => {
    const child = await aFile('for (;;);', 'hangs.mjs');
    const stuck = await readPdf(programs, await aFile(aPdf(['x'])), signal, { child, timeoutMs: 500 });
    expect(stuck).toEqual({ ok: false, error: { code: 'derivative.too-slow', afterMs: 500 } });
  });

  test('one whose reader ends without a word', async () => {
    const child = await aFile('process.exit(0);', 'leaves.mjs');
    const gone = await readPdf(programs, await aFile(aPdf(['x'])), signal, { child });
    expect(gone).toMatchObject({ ok: false, error: { code: 'derivative.not-readable' } });
  });
});

test('its reader can neither read other files, nor write one, nor start a program, nor see our environment', async () => {
  const secret = await aFile('secret', 'secret.txt');
  const script = `
    import { readFileSync, writeFileSync } from 'node:fs';
    import { execFileSync } from 'node:child_process';
    const tried = (work) => { try { work(); return 'done'; } catch (problem) { return problem.code; } };
    const pages = [
      tried(() => readFileSync(${JSON.stringify(secret)})),
      tried(() => writeFileSync(process.argv[2], '')),
      tried(() => execFileSync(process.execPath, ['-v'])),
      String(process.env.PATH),
    ];
    process.stdout.write(JSON.stringify({ is: 'read', pages }));`;
  const child = await aFile(script, 'curious.mjs');
  const tried = await readPdf(programs, await aFile(aPdf(['x'])), signal, { child });
  const denied = 'ERR_ACCESS_DENIED';
  expect(tried.ok && tried.value.kind === 'pdf' && tried.value.pages.map(({ text }) => text)).toEqual([
    denied,
    denied,
    denied,
    'undefined',
  ]);
});

test('documents say their titles, and one that cannot be opened says none', async () => {
  const paths = [
    await aFile(aPdf(['x'], { title: 'La lámpara 灯' })),
    await aFile('no PDF'),
    await aFile(aPdf(['x'], { encrypted: true, title: 'Secret' })),
    join(folder, 'gone.pdf'),
    await aFile(aPdf(['x'])),
  ];
  expect(await titlesOfPdfs(programs, paths, signal)).toEqual(['La lámpara 灯', null, null, null, null]);
});

test('a document that breaks its reader costs the others nothing', async () => {
  const paths = ['good', 'breaks', 'fine'];
  const run = async (_name: string, { args }: { args: readonly string[] }) =>
    args.includes('breaks')
      ? ({ ok: false, error: { code: 'program.failed', program: 'node', reason: 'it broke' } } as const)
      : ({ ok: true, value: Buffer.from('{"is":"titles","titles":["found"]}') } as const);
  expect(await titlesOfPdfs({ run }, paths, signal)).toEqual(['found', null, 'found']);
});

import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { err, ok } from '#core/result.ts';
import { createPrograms, type Programs } from '#server/platform/program.ts';
import { VERSIONS } from '../../core/derivative.ts';
import { aPdf } from '../pdf.fake.ts';
import { aSha, fakeDerivatives } from '../ports.fake.ts';
import type { Located, StoredMedia } from '../ports.ts';
import { createRecogniser } from './recognise.service.ts';

vi.setConfig({ testTimeout: 180_000 }); // programs yield to everybody else on a busy machine

const signal = new AbortController().signal;
const turn = { signal, progress: () => undefined };
const now = new Date('2026-11-27T10:00:00Z');
const sha = aSha(1);

const says = (text: string) =>
  text
    .split(' ')
    .map((word) => `5\t1\t1\t1\t1\t1\t0\t0\t1\t1\t92\t${word}`)
    .join('\n');

/** Draws the number of the page as its picture, and reads a sentence of it. */
function fakeTools(more: { tesseract?: Awaited<ReturnType<Programs['run']>> | undefined } = {}) {
  const drawn: number[] = [];
  const answers = { tesseract: more.tesseract };
  const run: Programs['run'] = async (name, { args, signal: stop }) => {
    if (stop?.aborted) return err({ code: 'program.aborted', program: name });
    if (name === 'tesseract') return answers.tesseract ?? ok(Buffer.from(says('read of a page')));
    drawn.push(Number(args[args.indexOf('-f') + 1]));
    return ok(Buffer.from('a picture'));
  };
  return { drawn, answers, run };
}

const missing = err({ code: 'program.missing', program: 'tesseract' } as const);

async function aReader(pages: readonly string[], tools: Pick<Programs, 'run'>, path = '/media/a.pdf') {
  const store = fakeDerivatives();
  const woken: string[] = [];
  const told: string[] = [];
  const file: StoredMedia = { sha256: sha, kind: 'file', mimeType: 'application/pdf' };
  const located: Located = { is: 'here', path };
  await store.save(
    { sha256: sha, kind: 'pdf', version: VERSIONS.pdf, state: { is: 'made' }, facts: {} },
    { kind: 'pdf', pages: pages.map((text, index) => ({ page: index + 1, text })) },
    now,
  );
  const reader = createRecogniser({
    media: {
      find: async () => file,
      after: async (last) => (last === null ? [file] : []),
      locate: async () => located,
      languageOf: async () => null,
    },
    store,
    programs: tools,
    languages: 'spa+eng',
    wake: async (one) => void woken.push(one),
    onTextMade: async (one) => void told.push(one),
    clock: { now: () => now },
  });
  const found = async () => {
    const text = (await store.texts(sha)).find(({ kind }) => kind === 'ocr');
    return text?.kind === 'ocr' ? text.pages : null;
  };
  const row = async () => (await store.of([sha])).find(({ kind }) => kind === 'ocr');
  return { reader, store, woken, told, found, row };
}

test('only pages without text are read, and what was read says so', async () => {
  const tools = fakeTools();
  const { reader, woken, told, found, row } = await aReader(
    ['a page with words of its own', '', '12'],
    tools,
  );
  await reader.noticed(sha);
  expect(woken).toEqual([sha]);
  expect(await reader.recognise(sha, turn)).toEqual({ is: 'done' });
  expect(tools.drawn).toEqual([2, 3]);
  expect(await found()).toEqual([
    { page: 2, text: 'read of a page', confidence: 0.92 },
    { page: 3, text: 'read of a page', confidence: 0.92 },
  ]);
  expect(await row()).toMatchObject({
    state: { is: 'made' },
    facts: { recognised: { pages: 2, confidence: 0.92 } },
  });
  expect(told).toEqual([sha]);
  await reader.recognise(sha, turn);
  expect(tools.drawn).toHaveLength(2);
  expect(await reader.sweep(signal)).toBe(0);
});

test('a document with words on every page is nothing to be read, and is looked through once', async () => {
  const { reader, woken, told, row } = await aReader(['words of its own'], fakeTools());
  await reader.noticed(sha);
  expect(woken).toEqual([]);
  expect(await reader.sweep(signal)).toBe(0);
  expect(told).toEqual([]);
  expect(await row()).toMatchObject({ version: VERSIONS.ocr, state: { is: 'made' }, facts: {} });
});

test('without the program it waits by name, and the sweep asks again', async () => {
  const { reader, row } = await aReader([''], fakeTools({ tesseract: missing }));
  await reader.recognise(sha, turn);
  expect(await row()).toMatchObject({ state: { is: 'waiting', program: 'tesseract' } });
  expect(await reader.sweep(signal)).toBe(1);
});

test('a program without the languages is not there either', async () => {
  const reason =
    "Failed loading language 'spa' Tesseract couldn't load any languages! Could not initialize tesseract.";
  const bare = err({ code: 'program.failed', program: 'tesseract', reason } as const);
  const { reader, row } = await aReader([''], fakeTools({ tesseract: bare }));
  await reader.recognise(sha, turn);
  expect(await row()).toMatchObject({ state: { is: 'waiting', program: 'tesseract (spa+eng)' } });
});

test('a reader that dies of every page has failed, and is not asked again', async () => {
  const dead = err({ code: 'program.over-memory', program: 'tesseract' } as const);
  const { reader, row } = await aReader(['', ''], fakeTools({ tesseract: dead }));
  await reader.recognise(sha, turn);
  expect(await row()).toMatchObject({ state: { is: 'failed', why: { code: 'derivative.too-large' } } });
  expect(await reader.sweep(signal)).toBe(0);
});

test('a stop costs no page that was kept', async () => {
  const tools = fakeTools();
  const { reader, found, row } = await aReader(Array<string>(25).fill(''), tools);
  const stop = new AbortController();
  const progress = ({ done }: { done: number }) => done === 14 && stop.abort();
  await expect(reader.recognise(sha, { signal: stop.signal, progress })).rejects.toThrow();
  expect(await found()).toHaveLength(10);
  expect(await reader.sweep(signal)).toBe(1);
  tools.drawn.length = 0;
  await reader.recognise(sha, turn);
  expect(tools.drawn).toEqual(Array.from({ length: 15 }, (_, index) => index + 11));
  expect((await found())?.map(({ page }) => page)).toEqual(
    Array.from({ length: 25 }, (_, index) => index + 1),
  );
  expect(await row()).toMatchObject({ version: VERSIONS.ocr, facts: { recognised: { pages: 25 } } });
});

test('a program that goes away in the middle costs no page that was read', async () => {
  const tools = fakeTools();
  const { reader, found, row, told } = await aReader(Array<string>(5).fill(''), tools);
  const goes = ({ done }: { done: number }) => void (done === 3 && (tools.answers.tesseract = missing));
  await reader.recognise(sha, { signal, progress: goes });
  expect((await found())?.map(({ page }) => page)).toEqual([1, 2, 3]);
  expect(await row()).toMatchObject({
    state: { is: 'waiting', program: 'tesseract' },
    facts: { recognised: { pages: 3 } },
  });
  expect(told).toEqual([sha]);

  expect(await reader.sweep(signal)).toBe(1);
  await reader.recognise(sha, turn);
  expect(await found()).toHaveLength(3);
  expect(told).toEqual([sha]); // nothing new to be searched

  tools.answers.tesseract = undefined;
  tools.drawn.length = 0;
  await reader.recognise(sha, turn);
  expect(tools.drawn).toEqual([4, 5]);
  expect(await found()).toHaveLength(5);
  expect(await row()).toMatchObject({ version: VERSIONS.ocr, state: { is: 'made' } });
  expect(await reader.sweep(signal)).toBe(0);
});

const isHere = (program: string, flag: string) => spawnSync(program, [flag]).status === 0;
const hasAll = isHere('pdftoppm', '-v') && isHere('tesseract', '--version');

describe.skipIf(!hasAll)('with tesseract and pdftoppm', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kc-ocr-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('what stands on a page is read, accents and all', async () => {
    const path = join(folder, 'scan.pdf');
    const line = Buffer.from('BT /F1 28 Tf 60 700 Td (La l\xe1mpara de la se\xf1ora) Tj ET', 'latin1');
    await writeFile(path, aPdf([deflateSync(line)]));
    const { reader, found } = await aReader([''], createPrograms({}), path);
    await reader.recognise(sha, turn);
    const [page] = (await found()) ?? [];
    expect(page?.text).toBe('La lámpara de la señora');
    expect(page?.confidence).toBeGreaterThan(0.6);
  });

  test('an empty page has no words', async () => {
    const path = join(folder, 'empty.pdf');
    await writeFile(path, aPdf(['']));
    const { reader, found } = await aReader([''], createPrograms({}), path);
    await reader.recognise(sha, turn);
    expect(await found()).toEqual([{ page: 1, text: '', confidence: null }]);
  });
});

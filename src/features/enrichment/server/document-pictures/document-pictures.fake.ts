import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { onTestFinished } from 'vitest';
import { createPrograms, type Programs } from '#server/platform/program.ts';
import { VERSIONS } from '../../core/derivative.ts';
import type { MediaText } from '../../core/text.ts';
import { createDerivedFolder } from '../folder.ts';
import { aSha, fakeDerivatives, fakeDocumentPictures } from '../ports.fake.ts';
import type { StoredMedia } from '../ports.ts';
import { createDocumentPictures } from './document-pictures.service.ts';
import { fileOf } from './extraction.ts';
import { aPicturePdf, type PdfImage } from './picture-pdf.fake.ts';

export const sha = aSha(1);
export const signal = new AbortController().signal;
export const turn = { signal, progress: () => undefined };

const now = new Date('2026-11-27T10:00:00Z');
const long = 'A page of words, as books have them. '.repeat(30);

type Setting = {
  programs?: Pick<Programs, 'run'>;
  /** Of each page, as its text was read. */
  words?: readonly string[];
};

/** A document in an archive, whose words were read, and what takes the pictures out of it. */
export async function aDocument(
  bytes: Buffer,
  { programs = createPrograms({}), words = Array<string>(20).fill(long) }: Setting = {},
) {
  const root = await mkdtemp(join(tmpdir(), 'kc-document-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const path = join(root, '-f, ñ.pdf');
  await writeFile(path, bytes);
  const store = fakeDerivatives();
  const pictures = fakeDocumentPictures(store);
  const folder = createDerivedFolder(join(root, 'derived'));
  const file: StoredMedia = { sha256: sha, kind: 'file', mimeType: 'application/pdf' };
  const woken: string[] = [];
  let changes = 0;

  const open = (with_: Pick<Programs, 'run'>) =>
    createDocumentPictures({
      media: {
        find: async (one) => (one === sha ? file : null),
        after: async (last) => (last === null ? [file] : []),
        locate: async () => ({ is: 'here', path }),
        languageOf: async () => null,
      },
      store,
      pictures,
      folder,
      programs: with_,
      wake: async (one) => void woken.push(one),
      changed: () => void (changes += 1),
      clock: { now: () => now },
    });
  const wordsRead = (text: Extract<MediaText, { kind: 'pdf' | 'ocr' }>) => {
    const row = { sha256: sha, kind: text.kind, version: VERSIONS[text.kind], facts: {} } as const;
    return store.save({ ...row, state: { is: 'made' } }, text, now);
  };
  await wordsRead({ kind: 'pdf', pages: words.map((text, index) => ({ page: index + 1, text })) });

  const service = open(programs);
  return {
    service,
    open,
    store,
    woken,
    changes: () => changes,
    /** What tesseract read on pages that are only a picture. */
    recognised: (pages: readonly { page: number; text: string }[]) =>
      wordsRead({ kind: 'ocr', pages: pages.map((one) => ({ ...one, confidence: 0.9 })) }),
    pictures: () => service.of(sha),
    row: async () => (await store.of([sha])).find(({ kind }) => kind === 'document-pictures'),
    /** Names of all files that were made of it. */
    files: async () =>
      (await readdir(root, { recursive: true })).filter((name) => name.includes('picture-')).sort(),
    bytesOf: async (index: number) => {
      const picture = (await service.of(sha))[index];
      return picture ? readFile(folder.path(sha, fileOf(picture))) : Buffer.alloc(0);
    },
  };
}

export const SIZE = [400, 300] as const;
export const [WIDTH, HEIGHT] = SIZE;

/** Red grows to the right, green downwards; `blue` tells one from another. */
export function samples(blue = 80): Buffer {
  const bytes = Buffer.alloc(WIDTH * HEIGHT * 3, blue);
  for (let at = 0; at < WIDTH * HEIGHT; at += 1) {
    bytes[at * 3] = ((at % WIDTH) * 255) / WIDTH;
    bytes[at * 3 + 1] = (Math.floor(at / WIDTH) * 255) / HEIGHT;
  }
  return bytes;
}
/** The red of it. */
export const greySamples = (): Buffer => Buffer.from(samples().filter((_one, index) => index % 3 === 0));

export const drawn = (): Sharp => sharp(samples(), { raw: { width: WIDTH, height: HEIGHT, channels: 3 } });
export const aJpeg = (blue = 80): Promise<Buffer> =>
  sharp(samples(blue), { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
    .jpeg()
    .toBuffer();

/** A picture on each page. */
export const pdfOf = (...images: readonly PdfImage[]): Buffer =>
  aPicturePdf(images.map((image) => ({ pictures: [{ image }] })));

/** A document whose pictures were taken out. */
export async function taken(pdf: Buffer) {
  const document = await aDocument(pdf);
  await document.service.takeOut(sha, turn);
  return document;
}

export const isHere = (name: string, ask: string): boolean => spawnSync(name, [ask]).status === 0;
export const hasPoppler = isHere('pdfimages', '-v') && isHere('pdftoppm', '-v');

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { realDisk } from './disk.ts';
import { aFolder } from './media.fake.ts';
import { typeOfFile } from './type.files.ts';

let place: Awaited<ReturnType<typeof aFolder>>;
beforeAll(async () => {
  place = await aFolder();
});
afterAll(() => place.remove());

const picture = () => sharp({ create: { width: 8, height: 8, channels: 3, background: '#369' } });
const bytes = (...parts: (string | number[])[]): Buffer =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
  );

test.each<[string, () => Promise<Buffer> | Buffer, string]>([
  ['a JPEG', () => picture().jpeg().toBuffer(), 'image/jpeg'],
  ['a PNG', () => picture().png().toBuffer(), 'image/png'],
  ['a WebP', () => picture().webp().toBuffer(), 'image/webp'],
  ['a GIF', () => picture().gif().toBuffer(), 'image/gif'],
  ['a GIF with a page behind it', () => bytes('GIF89a', [1, 0, 1, 0, 0, 0, 0], '<script>'), 'image/gif'],
  ['a PDF', () => bytes('%PDF-1.7\n%', [0xe2, 0xe3]), 'application/pdf'],
  ['an MP3', () => bytes('ID3', [3, 0, 0, 0, 0, 0, 0], [0xff, 0xfb, 0x90, 0x64]), 'audio/mpeg'],
  ['an MP4', () => bytes([0, 0, 0, 24], 'ftypisom', [0, 0, 2, 0], 'isommp42'), 'video/mp4'],
  ['an M4A', () => bytes([0, 0, 0, 24], 'ftypM4A ', [0, 0, 2, 0], 'M4A mp42'), 'audio/mp4'],
  ['a WebM', () => bytes([0x1a, 0x45, 0xdf, 0xa3, 0x87, 0x42, 0x82, 0x84], 'webm'), 'video/webm'],
  ['a zip that breaks off', () => bytes('PK', [3, 4, 20, 0, 0, 0, 8, 0]), 'application/zip'],
  ['an SVG', () => bytes('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), 'image/svg+xml'],
  ['an SVG with a prolog', () => bytes('<?xml version="1.0"?>\n<svg/>'), 'image/svg+xml'],
  ['a page in XML', () => bytes('<?xml version="1.0"?>\n<html><script/></html>'), 'text/html'],
  ['a feed', () => bytes('<?xml version="1.0"?>\n<rss/>'), 'application/xml'],
  ['a page', () => bytes('\n<!doctype html><title>Sign in'), 'text/html'],
  ['a list of values', () => bytes('a,b\n1,2\n3,4\n'), 'text/csv'],
  ['a letter', () => bytes('Dear patrons'), 'text/plain'],
  [
    'noise',
    () => Buffer.from(Array.from({ length: 300 }, (_, at) => (at * 37) % 256)),
    'application/octet-stream',
  ],
  ['a single zero', () => Buffer.alloc(1), 'application/octet-stream'],
])('%s is known by its bytes', async (what, make, type) => {
  const path = join(place.folder, what.replaceAll(' ', '-'));
  await writeFile(path, await make());
  expect(await typeOfFile(realDisk, path)).toBe(type);
});

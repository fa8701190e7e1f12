import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect } from 'vitest';
import {
  aDrawing,
  aPicturePdf,
} from '../../src/features/enrichment/server/document-pictures/picture-pdf.fake.ts';
import type { DescribedApi } from './described.ts';

type List<T> = { items: T[] };
type StoredPost = { media: { mimeType: string | null; sha256: string | null }[] };

/** Without it there are no pictures of documents; the program says so and goes on. */
export const hasPoppler = spawnSync('pdfimages', ['-v']).status === 0;

type Deps = { api: DescribedApi; address: string; key: string };

/** A folder of texts as a source, read until its picture, its captions and its PDF lie in the archive with what is made of them. */
export async function archiveAFolder({ api, address, key }: Deps): Promise<Record<string, string[]>> {
  const folder = mkdtempSync(join(tmpdir(), 'keepercheky-texts-'));
  mkdirSync(join(folder, 'Ana'));
  writeFileSync(
    join(folder, 'Ana', 'hello.md'),
    '# Hello\n\nA text with a picture.\n\n![A field](field.png)\n\n[What is said](said.vtt)\n\n[A map](map.pdf)\n',
  );
  writeFileSync(join(folder, 'Ana', 'said.vtt'), 'WEBVTT\n\n00:01.000 --> 00:02.000\nHello field\n');
  writeFileSync(
    join(folder, 'Ana', 'map.pdf'),
    aPicturePdf([{ text: 'A map', pictures: [{ image: aDrawing() }] }]),
  );
  const picture = sharp({ create: { width: 400, height: 300, channels: 3, background: 'seagreen' } });
  await picture.png().toFile(join(folder, 'Ana', 'field.png'));
  const wish = { plugin: 'folder', name: 'Texts', credentials: { folder } };
  const added = await api.ask('POST', '/sources', wish);
  expect(added.status).toBe(201);

  const [post] = await poll(
    async () => (await api.get<List<{ id: string; creator: { id: string } }>>('/posts')).items,
    (posts) => posts.length > 0,
  );
  const { media } = await poll(
    () => api.get<StoredPost>(`/posts/${post?.id}`),
    (whole) => whole.media.length > 0 && whole.media.every(({ sha256 }) => sha256 !== null),
  );
  const shaOf = (mimeType: string) => media.find((one) => one.mimeType === mimeType)?.sha256 ?? '';
  const [sha, said, map] = [shaOf('image/png'), shaOf('text/vtt'), shaOf('application/pdf')];
  for (const made of [`/media-files/${sha}/thumbnails/150`, `/transcripts/${said}`]) {
    await poll(
      async () => (await fetch(`${address}/api/v1${made}`, { headers: { 'x-api-key': key } })).status,
      (status) => status === 200,
    );
  }
  const pictures = await poll(
    async () => (await api.get<List<{ id: string }>>(`/media-files/${map}/pictures`)).items,
    (found) => found.length > 0 || !hasPoppler,
  );
  const revisions = await api.get<List<{ id: string }>>(`/posts/${post?.id}/revisions`);
  return {
    sources: [(added.body as { id: string }).id],
    posts: [post?.id ?? ''],
    creators: [post?.creator.id ?? ''],
    ledger: [post?.creator.id ?? ''],
    // A folder has none, so what is asked is refused as described.
    collections: ['nothing-1'],
    sha: [sha],
    map: [map],
    picture: pictures.map(({ id: own }) => own),
    transcripts: [said],
    revision: revisions.items.map(({ id }) => id),
    jobs: (await api.get<List<{ id: string }>>('/jobs')).items.slice(0, 1).map(({ id }) => id),
  };
}

/** Reads until it is as it should be, and gives what was read last. */
export async function poll<T>(read: () => Promise<T>, isDone: (value: T) => boolean): Promise<T> {
  let last = await read();
  await expect.poll(async () => isDone((last = await read())), { timeout: 30_000, interval: 200 }).toBe(true);
  return last;
}

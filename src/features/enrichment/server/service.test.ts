import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { afterEach, describe, expect, test } from 'vitest';
import type { Sha256 } from '#core/ids.ts';
import { createPrograms } from '#server/platform/program.ts';
import { createDerivedFolder } from './folder.ts';
import { aPdf } from './pdf.fake.ts';
import { aSha, fakeDerivatives } from './ports.fake.ts';
import type { Located, StoredMedia } from './ports.ts';
import { createEnrichmentService } from './service.ts';

const hasPoppler = spawnSync('pdftoppm', ['-v']).status === 0;
const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;
const signal = new AbortController().signal;
const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

type Media = StoredMedia & { at: Located };

async function anEnrichment({ ffmpeg = 'ffmpeg', ffprobe = 'ffprobe', pdftoppm = 'pdftoppm' } = {}) {
  const root = await mkdtemp(join(tmpdir(), 'kc-enrichment-'));
  folders.push(root);
  const media = new Map<Sha256, Media>();
  const woken: Sha256[] = [];
  const told: Sha256[] = [];
  const store = fakeDerivatives();
  const folder = createDerivedFolder(join(root, 'derived'));
  const open = (paths: { ffmpeg: string; ffprobe: string; pdftoppm?: string }) =>
    createEnrichmentService({
      media: {
        find: async (sha) => media.get(sha) ?? null,
        after: async (sha, limit) =>
          [...media.values()]
            .filter(({ sha256 }) => sha === null || sha256 > sha)
            .sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1))
            .slice(0, limit),
        locate: async (sha) => media.get(sha)?.at ?? { is: 'gone' },
        languageOf: async () => 'es',
      },
      store,
      folder,
      programs: createPrograms(paths),
      wake: async (sha) => void woken.push(sha),
      onTextMade: async (sha) => void told.push(sha),
      clock: { now: () => new Date('2026-11-27T10:00:00Z') },
    });
  async function add(kind: StoredMedia['kind'], mimeType: string, bytes: Buffer | string): Promise<Sha256> {
    const sha256 = aSha(media.size + 1);
    const path = typeof bytes === 'string' ? bytes : join(root, String(media.size));
    if (typeof bytes !== 'string') await writeFile(path, bytes);
    media.set(sha256, { sha256, kind, mimeType, at: { is: 'here', path } });
    return sha256;
  }
  return { service: open({ ffmpeg, ffprobe, pdftoppm }), open, media, store, folder, woken, told, add, root };
}

const picture = (width = 800) =>
  sharp({ create: { width, height: 600, channels: 3, background: 'teal' } })
    .jpeg()
    .toBuffer();

function ffmpeg(root: string, name: string, ...args: string[]): string {
  const path = join(root, name);
  const { status, stderr } = spawnSync('ffmpeg', ['-v', 'error', '-y', ...args, path]);
  if (status !== 0) throw new Error(stderr.toString());
  return path;
}

test('a picture has its looks after one job, and a second job does nothing', async () => {
  const { service, add } = await anEnrichment();
  const sha = await add('image', 'image/jpeg', await picture());
  expect(await service.derive(sha, signal)).toEqual({ is: 'made', kinds: ['thumbnails'] });
  expect((await service.looks([sha])).get(sha)).toMatchObject({
    width: 800,
    height: 600,
    thumbnailWidths: [150, 300, 600],
    hasPoster: false,
  });
  expect((await sharp(service.pictureAt(sha, '300.webp')).metadata()).width).toBe(300);
  expect(await service.derive(sha, signal)).toEqual({ is: 'made', kinds: [] });
});

test('a disk that is not there is not a file that is gone: nothing is written down', async () => {
  const { service, add, media, store } = await anEnrichment();
  const sha = await add('image', 'image/jpeg', await picture());
  media.set(sha, { sha256: sha, kind: 'image', mimeType: 'image/jpeg', at: { is: 'store-missing' } });
  expect(await service.derive(sha, signal)).toEqual({ is: 'store-missing' });
  expect(await store.of([sha])).toEqual([]);
});

test('a file that cannot be read fails once, with the reason, until somebody asks again', async () => {
  const { service, add, store, woken } = await anEnrichment();
  const sha = await add('image', 'image/jpeg', Buffer.from('no picture'));
  await service.derive(sha, signal);
  expect(await store.of([sha])).toMatchObject([
    { state: { is: 'failed', why: { code: 'derivative.not-readable' } } },
  ]);
  expect(await service.sweep(signal)).toEqual({ wanted: 0, forgotten: 0 });
  await service.again(sha);
  expect(woken).toEqual([sha]);
});

test('the sweep asks for what is missing, and forgets what the archive removed', async () => {
  const { service, add, media, woken, folder, store } = await anEnrichment();
  const [kept, gone, fresh] = [
    await add('image', 'image/jpeg', await picture()),
    await add('image', 'image/jpeg', await picture(700)),
    await add('image', 'image/jpeg', await picture(900)),
  ];
  await add('file', 'application/zip', Buffer.from('PK'));
  await service.derive(kept, signal);
  await service.derive(gone, signal);
  media.delete(gone);

  expect(await service.sweep(signal)).toEqual({ wanted: 1, forgotten: 1 });
  expect(woken).toEqual([fresh]);
  expect(await store.of([gone])).toEqual([]);
  await expect(stat(folder.path(gone, '150.webp'))).rejects.toThrow('ENOENT');
  expect((await stat(folder.path(kept, '150.webp'))).size).toBeGreaterThan(0);
});

test('without ffmpeg films and sound wait by name, and are made once it is there', async () => {
  const { service, add, store } = await anEnrichment({ ffmpeg: '/not/here', ffprobe: '/not/here' });
  const sha = await add('video', 'video/mp4', Buffer.from('a film'));
  await service.derive(sha, signal);
  expect((await store.of([sha])).map(({ state }) => state)).toEqual([
    { is: 'waiting', program: 'ffprobe' },
    { is: 'waiting', program: 'ffmpeg' },
  ]);
  expect(await service.vital()).toMatchObject({
    waiting: 2,
    missing: expect.arrayContaining(['ffmpeg', 'ffprobe']) as unknown,
  });
  expect((await service.sweep(signal)).wanted).toBe(1);
});

test('the words of a PDF and of captions can be asked for, and whoever wants to know is told', async () => {
  const { service, add, told } = await anEnrichment();
  const pdf = await add('file', 'application/pdf', aPdf(['The lamp']));
  const vtt = await add('file', 'text/vtt', Buffer.from('WEBVTT\n\n00:01.000 --> 00:02.000\nHola\n'));
  expect(await service.derive(pdf, signal)).toEqual({ is: 'made', kinds: ['pdf', 'thumbnails'] });
  expect(await service.derive(vtt, signal)).toEqual({ is: 'made', kinds: ['captions'] });
  expect(await service.textsOf(pdf)).toEqual([{ kind: 'pdf', pages: [{ page: 1, text: 'The lamp' }] }]);
  expect(await service.textsOf(vtt)).toEqual([
    { kind: 'captions', language: 'es', segments: [{ fromMs: 1000, toMs: 2000, text: 'Hola' }] },
  ]);
  expect(told).toEqual([pdf, vtt]);
  // Asked again when another post has the same file: that one has not been told of.
  await service.derive(pdf, signal);
  expect(told).toEqual([pdf, vtt, pdf]);
  expect((await service.looks([pdf, vtt])).get(vtt)).toMatchObject({ text: 'made' });
  await service.forget(pdf);
  expect(await service.textsOf(pdf)).toEqual([]);
});

test('a PDF that is locked and captions that are none are named, and no sweep asks for them again', async () => {
  const { service, add, told } = await anEnrichment({ pdftoppm: 'false' });
  const locked = await add('file', 'application/pdf', aPdf(['secret'], { encrypted: true }));
  const broken = await add('file', 'application/x-subrip', Buffer.from('1\nnothing'));
  for (const sha of [locked, broken]) await service.derive(sha, signal);
  const looks = await service.looks([locked, broken]);
  expect([looks.get(locked)?.text, looks.get(broken)?.text]).toEqual(['locked', 'failed']);
  expect(told).toEqual([]);
  expect((await service.sweep(signal)).wanted).toBe(0);
  expect(await service.vital()).toMatchObject({ failed: 3 });
});

describe.skipIf(!hasFfmpeg)('with ffmpeg', () => {
  test('a film is measured, and has a poster and pictures of it', async () => {
    const { service, add, root } = await anEnrichment();
    const path = ffmpeg(
      root,
      'film.mp4',
      '-f',
      'lavfi',
      '-i',
      'testsrc2=s=640x360:d=2',
      '-pix_fmt',
      'yuv420p',
    );
    const sha = await add('video', 'video/mp4', path);
    await service.derive(sha, signal);
    expect((await service.looks([sha])).get(sha)).toMatchObject({
      width: 640,
      height: 360,
      durationMs: 2000,
      hasPoster: true,
      thumbnailWidths: [150, 300, 600],
    });
    expect((await sharp(service.pictureAt(sha, 'poster.webp')).metadata()).width).toBe(640);
  });

  test('the black beginning of a film is not its poster', async () => {
    const { service, add, root } = await anEnrichment();
    const scene = 'color=black:s=320x180:d=1[a];color=orange:s=320x180:d=9[b];[a][b]concat';
    const path = ffmpeg(root, 'film.mp4', '-f', 'lavfi', '-i', scene, '-pix_fmt', 'yuv420p');
    const sha = await add('video', 'video/mp4', path);
    await service.derive(sha, signal);
    const [red = 0] = await sharp(service.pictureAt(sha, 'poster.webp')).raw().toBuffer();
    expect(red).toBeGreaterThan(200);
  });

  test('sound is measured and drawn', async () => {
    const { service, add, root } = await anEnrichment();
    const quietThenLoud = 'sine=f=440:d=4,volume=eval=frame:volume=if(lt(t\\,2)\\,0.1\\,1)';
    const sha = await add('audio', 'audio/mpeg', ffmpeg(root, 's.mp3', '-f', 'lavfi', '-i', quietThenLoud));
    await service.derive(sha, signal);
    const look = (await service.looks([sha])).get(sha);
    expect(look?.waveform).toHaveLength(240);
    expect(look?.waveform?.[60]).toBeLessThan(0.3);
    expect(look?.waveform?.[180]).toBeGreaterThan(0.7);
    expect(Math.abs((look?.durationMs ?? 0) - 4000)).toBeLessThan(200);
  });

  test('a play list that calls itself a film opens no other file', async () => {
    const { service, add, root, store } = await anEnrichment();
    ffmpeg(root, 'secret.ts', '-f', 'lavfi', '-i', 'testsrc2=s=320x180:d=1');
    const list = `#EXTM3U\n#EXTINF:1,\n${join(root, 'secret.ts')}\n#EXT-X-ENDLIST\n`;
    const sha = await add('video', 'video/mp4', Buffer.from(list));
    await service.derive(sha, signal);
    expect((await store.of([sha])).map(({ state }) => state.is)).toEqual(['failed', 'failed']);
    expect(await readdir(join(root, 'derived')).catch(() => [])).toEqual([]);
  });
});

test('without pdftoppm the first page of a PDF waits by name; its words do not', async () => {
  const { service, add, store } = await anEnrichment({ pdftoppm: '/not/here' });
  const sha = await add('file', 'application/pdf', aPdf(['The lamp']));
  await service.derive(sha, signal);
  const states = new Map((await store.of([sha])).map(({ kind, state }) => [kind, state]));
  expect(states.get('pdf')).toEqual({ is: 'made' });
  expect(states.get('thumbnails')).toEqual({ is: 'waiting', program: 'pdftoppm' });
  expect((await service.vital()).missing).toContain('pdftoppm');
});

test.skipIf(!hasPoppler)('of a PDF the first page is its picture', async () => {
  const { service, add, folder } = await anEnrichment();
  const sha = await add('file', 'application/pdf', aPdf(['The lamp', 'another page']));
  await service.derive(sha, signal);
  const look = (await service.looks([sha])).get(sha);
  expect(look).toMatchObject({ thumbnailWidths: [150, 300, 600], hasPoster: false, text: 'made' });
  expect((look?.height ?? 0) / (look?.width ?? 1)).toBeCloseTo(842 / 595, 1);
  expect((await readdir(dirname(folder.path(sha, '300.webp')))).sort()).toEqual([
    '150.webp',
    '300.webp',
    '600.webp',
  ]);
});

import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasSound } from '../../seed/patreon/media/programs.ts';
import type { Creator, Media, Post } from '../../seed/patreon/patronage.ts';
import { canView } from './access.ts';
import { patron, type Ask } from './client.fake.ts';
import { startPatreon, type PatreonSimulator } from './start.ts';

const run = promisify(execFile);
const HOUR_MS = 3_600_000;

describe.runIf(await hasSound())('speech and films', { timeout: 120_000 }, () => {
  let patreon: PatreonSimulator;
  let ask: Ask;
  let places: { creator: Creator; post: Post }[];
  let folder: string;
  beforeAll(async () => {
    patreon = await startPatreon(undefined, { now: () => new Date('2026-11-20T12:00:00Z') });
    ask = patron(patreon);
    places = patreon.house.patronage.creators.flatMap((creator) =>
      creator.posts.map((post) => ({ creator, post })),
    );
    folder = await mkdtemp(join(tmpdir(), 'films-'));
  });
  afterAll(async () => {
    await patreon.close();
    await rm(folder, { recursive: true });
  });

  type Display = { url: string; transcript_url: string | null; duration: number };
  const referer = { referer: 'https://www.patreon.com/' };
  const shown = async (role: Media['role'], hasTranscript: boolean) => {
    for (const { creator, post } of places) {
      const media = post.media.find((one) => one.role === role && one.hasTranscript === hasTranscript);
      if (!media || media.isProtected || !canView(patreon.house, 'good', { creator, post })) continue;
      const { document } = await ask(`/api/posts/${post.id}`);
      const found = document.included?.find(({ id }) => id === media.id);
      return { media, attributes: found?.attributes ?? {}, display: found?.attributes['display'] as Display };
    }
    throw new Error('the seed has no such post');
  };
  const probe = async (file: string) => {
    const { stdout } = await run('ffprobe', [
      '-v',
      'error',
      '-show_format',
      '-show_streams',
      '-of',
      'json',
      file,
    ]);
    return JSON.parse(stdout) as {
      format: { duration: string };
      streams: { codec_name: string; width?: number; height?: number }[];
    };
  };

  test('a film plays to its end with the Referer of the site and no cookie', async () => {
    const { display } = await shown('video', true);
    const file = join(folder, 'film.mp4');
    const how = [
      '-v',
      'error',
      '-y',
      '-headers',
      'Referer: https://www.patreon.com/\r\n',
      '-i',
      display.url,
      '-c',
      'copy',
      file,
    ];
    await run('ffmpeg', how);
    const { format, streams } = await probe(file);
    expect(streams.map(({ codec_name }) => codec_name).sort()).toEqual(['aac', 'h264']);
    expect(streams.find(({ width }) => width)).toMatchObject({ width: 480, height: 270 });
    expect(Math.abs(Number(format.duration) - display.duration)).toBeLessThan(4);
    const words = await (await fetch(display.transcript_url ?? '')).text();
    expect(words).toMatch(/^WEBVTT\n\n00:00:00\.000 --> /);
  });

  test('without the Referer, with an old token or with none it is refused at every step', async () => {
    const { display } = await shown('video', true);
    expect((await fetch(display.url)).status).toBe(403);
    expect((await fetch(display.url.replace(/token=.*/, 'token=a.b.c'), { headers: referer })).status).toBe(
      403,
    );
    const master = await (await fetch(display.url, { headers: referer })).text();
    const variant = new URL(/^\w+\/low\.m3u8.*$/m.exec(master)?.[0] ?? '', display.url);
    expect((await fetch(variant)).status).toBe(403);
    const list = await (await fetch(variant, { headers: referer })).text();
    const segment = new URL(/^low-000\.ts.*$/m.exec(list)?.[0] ?? '', variant);
    expect((await fetch(segment)).status).toBe(403);
    expect((await fetch(segment, { headers: referer })).status).toBe(200);
    patreon.act.passTime(13 * HOUR_MS);
    expect((await fetch(segment, { headers: referer })).status).toBe(403);
    patreon.house.clock.aheadMs = 0;
  });

  test('its download address leads nowhere', async () => {
    const { attributes } = await shown('video', true);
    expect((await fetch(String(attributes['download_url']))).status).toBe(404);
  });

  test('a protected film says so in its lists', async () => {
    const { media, display } = await shown('video', false);
    patreon.act.protectFilm(media.id);
    const master = await (await fetch(display.url, { headers: referer })).text();
    expect(master).toContain('#EXT-X-SESSION-KEY:METHOD=SAMPLE-AES-CTR');
    const variant = new URL(/^\w+\/high\.m3u8.*$/m.exec(master)?.[0] ?? '', display.url);
    expect(await (await fetch(variant, { headers: referer })).text()).toContain('urn:uuid:edef8ba9');
  });

  test('a speech says its transcript, and all its addresses are one file', async () => {
    const { media, attributes, display } = await shown('audio', true);
    const urls = new Set(Object.values(attributes['image_urls'] as Record<string, string>));
    expect(urls).toEqual(new Set([display.url]));
    const { format } = await probe(display.url);
    expect(Math.abs(Number(format.duration) - display.duration)).toBeLessThan(8);
    const words = await (await fetch(display.transcript_url ?? '')).text();
    for (const sentence of media.file.kind === 'speech' ? media.file.sentences : [])
      expect(words).toContain(sentence);
  });
});

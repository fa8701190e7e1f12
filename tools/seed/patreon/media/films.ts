import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Made } from './made.ts';
import { film as size } from './measures.ts';
import { run } from './programs.ts';
import type { Film } from './recipes.ts';
import { drawSvg } from './scenes.ts';
import { reproducible, speak } from './speech.ts';

const variants = [
  { name: 'low', width: 256, height: 144, rate: '60k', bandwidth: 160_000 },
  { name: 'high', ...size, rate: '160k', bandwidth: 320_000 },
] as const;

/** A still picture that moves a little, with a voice, cut into pieces of four seconds at two sizes. */
export async function shootFilm({ language, sentences, motif, seed }: Film): Promise<Made> {
  const { default: sharp } = await import('sharp');
  const { wave, durationS, vtt } = await speak(language, sentences);
  const still = await sharp(Buffer.from(drawSvg({ motif, seed: 100 + seed }, size)))
    .png()
    .toBuffer();
  const folder = await mkdtemp(join(tmpdir(), 'patreon-film-'));
  try {
    await Promise.all([
      writeFile(join(folder, 'still.png'), still),
      writeFile(join(folder, 'voice.wav'), wave),
    ]);
    for (const variant of variants) await run('ffmpeg', cut(folder, variant, durationS));
    const files = await collect(folder);
    files['thumbnail.jpg'] = await sharp(still).jpeg().toBuffer();
    files['storyboard.json'] = Buffer.from(
      JSON.stringify({ tile_width: 160, tile_height: 90, duration: durationS, tiles: [] }),
    );
    files['transcript.vtt'] = Buffer.from(vtt);
    files['master.m3u8'] = Buffer.from(master());
    // What the API tells the size of; nobody can fetch it in one piece.
    files['file'] = Buffer.alloc(0);
    return { files };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function cut(
  folder: string,
  { name, width, height, rate }: (typeof variants)[number],
  durationS: number,
): string[] {
  const film = [
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-b:v',
    rate,
    '-pix_fmt',
    'yuv420p',
    '-flags:v',
    '+bitexact',
  ];
  return [
    ...[
      '-hide_banner',
      '-loglevel',
      'error',
      '-loop',
      '1',
      '-framerate',
      '6',
      '-i',
      join(folder, 'still.png'),
    ],
    ...['-i', join(folder, 'voice.wav'), '-t', String(durationS)],
    ...[
      '-vf',
      `hue=h=20*sin(t),scale=${String(width)}:${String(height)}`,
      '-g',
      '24',
      '-keyint_min',
      '24',
      '-sc_threshold',
      '0',
    ],
    ...[...film, '-threads', '1', '-c:a', 'aac', '-aac_coder', 'fast', '-b:a', '48k', ...reproducible],
    ...['-f', 'hls', '-hls_time', '4', '-hls_playlist_type', 'vod'],
    ...['-hls_segment_filename', join(folder, `${name}-%03d.ts`), join(folder, `${name}.m3u8`)],
  ];
}

async function collect(folder: string): Promise<Record<string, Buffer>> {
  const names = (await readdir(folder)).filter((name) => /\.(ts|m3u8)$/.test(name)).sort();
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const)),
  );
}

function master(): string {
  const lines = variants.map(
    ({ name, width, height, bandwidth }) =>
      `#EXT-X-STREAM-INF:BANDWIDTH=${String(bandwidth)},CODECS="avc1.42c01e,mp4a.40.2",RESOLUTION=${String(width)}x${String(height)}\n${name}.m3u8`,
  );
  return `#EXTM3U\n#EXT-X-VERSION:4\n#EXT-X-INDEPENDENT-SEGMENTS\n${lines.join('\n')}\n`;
}

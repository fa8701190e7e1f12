import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kept, Plugin, Session } from '#features/archive/server/ports.ts';
import { aPdf } from '#features/enrichment/server/pdf.fake.ts';
import { createHttp } from '#server/platform/http.ts';
import { createHttpStreams } from '#server/platform/http-stream.ts';
import { createPrograms } from '#server/platform/program.ts';
import { startPatreon, type PatreonSimulator } from '#tools/simulators/patreon/start.ts';
import { createFolderOfTexts } from './example/plugin.ts';
import { createPatreon } from './patreon/plugin.ts';
import { createPdfFolder } from './pdf/plugin.ts';

/** A source that is there to be asked, with what the contract has to know of it. A new plugin adds one of these. */
export type Harness = {
  plugin: Plugin;
  /** As a person pastes it. */
  credentials: Record<string, string>;
  creatorId: string;
  /** A post with a file of some hundred bytes, and its media. */
  file: { postId: string; mediaId: string };
  /** From now on nothing is given any more. */
  refuse(): Promise<void>;
  allow(): Promise<void>;
  /** Until every address and every token that was told is another one. */
  passTime(): Promise<void>;
  /** Where the sign-in was seen and had no business. */
  leaks(): readonly string[];
  close(): Promise<void>;
};

export const nothingKept: Kept = {
  post: () => Promise.resolve(null),
  posts: () => Promise.resolve([]),
  hasAny: () => Promise.resolve(false),
};

/** Nobody waits in a test: each question comes at once, one at a time. */
export function sessionOf(
  plugin: Plugin,
  pasted: Record<string, string>,
): Session & { questions: () => number } {
  const credentials = plugin.readCredentials(pasted);
  if (!credentials.ok) throw new Error(JSON.stringify(credentials.error));
  let line: Promise<unknown> = Promise.resolve();
  let questions = 0;
  return {
    credentials: credentials.value,
    settings: plugin.defaultSettings,
    kept: nothingKept,
    questions: () => questions,
    turn: <T>(signal: AbortSignal, ask: () => Promise<T>): Promise<T> => {
      const turn = line.then(() => {
        signal.throwIfAborted();
        questions += 1;
        return ask();
      });
      line = turn.catch(() => undefined);
      return turn;
    },
  };
}

export const simulatedPatreon = (
  patreon: PatreonSimulator,
  more: { now?: () => Date; ffmpeg?: string; timeoutMs?: number } = {},
): Plugin =>
  createPatreon({
    http: createHttp({ wait: () => Promise.resolve(), timeoutMs: more.timeoutMs ?? 20_000 }),
    streams: createHttpStreams(more.timeoutMs === undefined ? {} : { timeoutMs: more.timeoutMs }),
    programs: createPrograms({ ffmpeg: more.ffmpeg ?? 'ffmpeg', ffprobe: 'ffprobe' }),
    clock: { now: more.now ?? (() => new Date()) },
    addresses: { site: patreon.url, files: [patreon.cdnUrl] },
  });

const MAPS = '5120388';

export async function patreonHarness(): Promise<Harness> {
  const patreon = await startPatreon();
  const post = patreon.act.publish(MAPS, { title: 'A file for the contract' });
  patreon.act.change(post.id, { media: [aPlainFile('990000001')] });
  return {
    plugin: simulatedPatreon(patreon),
    credentials: { session_id: patreon.cookie },
    creatorId: MAPS,
    file: { postId: post.id, mediaId: '990000001' },
    refuse: () => Promise.resolve(patreon.faults.add({ path: /./, kind: '503' })),
    allow: () => Promise.resolve(patreon.faults.clear()),
    passTime: () => Promise.resolve(patreon.act.passTime(2 * 86_400_000)),
    leaks: () =>
      patreon.cdn.requests
        .filter(({ headers }) => JSON.stringify(headers).includes('demo-session'))
        .map(({ path }) => path),
    close: patreon.close,
  };
}

export const aPlainFile = (id: string, fileName = 'notes.txt') => ({
  id,
  role: 'attachment' as const,
  file: { kind: 'plain' as const, body: 'A line of a plain file.\n'.repeat(20) },
  fileName,
  mimetype: 'text/plain',
  createdAt: '2026-01-01T00:00:00Z',
  disposition: 'plain' as const,
  tellsSize: true,
  hasTranscript: false,
  hasStreamWords: false,
  isProtected: false,
});

export async function folderHarness(): Promise<Harness> {
  const base = await mkdtemp(join(tmpdir(), 'keepercheky-texts-'));
  const root = join(base, 'texts');
  const notes = join(root, 'Ana');
  await mkdir(join(notes, 'pictures'), { recursive: true });
  const write = (path: string, text: string) => writeFile(join(notes, path), text);
  await write('pictures/lamp.jpg', 'not really a picture, but bytes. '.repeat(20));
  await write('avatar.png', 'a face that is no picture, but bytes. '.repeat(20));
  await write('cover.JPG', 'a wide one. '.repeat(40));
  await write('2026-03-01 The lamp.md', '# The lamp\n\nA lamp: ![Lamp](pictures/lamp.jpg "At night")\n');
  await write('2025-11-09 Plain.txt', 'Two lines\nof one paragraph\n\nand another\n');
  for (let day = 1; day <= 60; day += 1)
    await write(
      `2024-${String(1 + (day % 12)).padStart(2, '0')}-${String(1 + (day % 28)).padStart(2, '0')} ${day}.md`,
      `# Day ${day}`,
    );
  await write('undated.md', 'No heading and no date');
  await utimes(join(notes, 'undated.md'), 0, 1_600_000_000);
  await writeFile(join(base, 'secret.txt'), 'not yours');
  await symlink(join(base, 'secret.txt'), join(notes, 'pictures', 'way-out.txt'));
  const away = join(base, 'away');
  return {
    plugin: createFolderOfTexts(),
    credentials: { folder: root },
    creatorId: 'Ana',
    file: { postId: 'Ana/2026-03-01 The lamp.md', mediaId: 'pictures/lamp.jpg' },
    refuse: () => rename(root, away),
    allow: () => rename(away, root),
    passTime: () => Promise.resolve(),
    leaks: () => [],
    close: () => rm(base, { recursive: true }),
  };
}

/** As if it was written long ago. */
const laterOn = { now: () => new Date(Date.now() + 3_600_000) };

export async function pdfHarness(): Promise<Harness> {
  const base = await mkdtemp(join(tmpdir(), 'keepercheky-pdfs-'));
  const root = join(base, 'pdfs');
  const books = join(root, 'Ana', 'books');
  await mkdir(books, { recursive: true });
  await writeFile(join(root, 'Ana', 'avatar.png'), 'a face that is no picture, but bytes. '.repeat(20));
  await writeFile(join(root, 'Ana', 'cover.JPG'), 'a wide one. '.repeat(40));
  for (let day = 1; day <= 60; day += 1) {
    const name = `2024-${String(1 + (day % 12)).padStart(2, '0')}-${String(1 + (day % 28)).padStart(2, '0')} ${day}.pdf`;
    await writeFile(join(books, name), aPdf([`Day ${day}`]));
  }
  const manual = aPdf(['The manual of the lamp']);
  await writeFile(join(root, 'Ana', 'manual.pdf'), manual);
  await writeFile(join(base, 'secret.pdf'), aPdf(['not yours']));
  await symlink(join(base, 'secret.pdf'), join(books, 'way-out.pdf'));
  const sha256 = createHash('sha256').update(manual).digest('hex');
  const away = join(base, 'away');
  return {
    plugin: createPdfFolder({ clock: laterOn, titlesOf: async (paths) => paths.map(() => null) }),
    credentials: { folder: root },
    creatorId: 'Ana',
    file: { postId: `Ana/${sha256.slice(0, 24)}`, mediaId: sha256 },
    refuse: () => rename(root, away),
    allow: () => rename(away, root),
    passTime: () => Promise.resolve(),
    leaks: () => [],
    close: () => rm(base, { recursive: true }),
  };
}

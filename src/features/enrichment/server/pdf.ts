import { extname, join } from 'node:path';
import { z } from 'zod';
import { err, ok } from '#core/result.ts';
import type { Programs } from '#server/platform/program.ts';
import type { DerivativeFailure } from '../core/derivative.ts';
import { pageText, type MediaText } from '../core/text.ts';
import { failureOf, type ToolOutcome } from './tool.ts';

/** `text` and `sizes` are of one file; what `titles` says is in the order of the paths. */
export type PdfTask = { mode: 'text' | 'titles' | 'sizes'; cMaps: string; paths: readonly string[] };

/** In points, as it is shown; null of a page that is broken. */
export type PageSize = { width: number; height: number } | null;
export type PdfAnswer =
  | { is: 'read'; pages: readonly string[] }
  | { is: 'titles'; titles: readonly (string | null)[] }
  | { is: 'sizes'; sizes: readonly PageSize[] }
  | { is: 'failed'; why: DerivativeFailure };

/** A thousand pages take ten seconds, and a small server is ten times slower. */
const PATIENCE_MS = 300_000;

const here = import.meta.dirname;
const isSource = extname(import.meta.filename) === '.ts';
/** Beside this file in the source, and beside the program when it is built: see vite.pdf.config.ts. */
const CHILD = join(here, isSource ? 'pdf.child.ts' : 'pdf.child.js');
const PACKAGE = join(here, ...Array<string>(4).fill('..'), 'node_modules', 'pdfjs-dist');
const C_MAPS = join(isSource ? PACKAGE : here, 'cmaps');
const MAY_READ = isSource ? [here, PACKAGE] : [here];

/** To look into one is a matter of milliseconds; somebody waits for the list. */
const TITLES_PATIENCE_MS = 60_000;

const said = z.discriminatedUnion('is', [
  z.object({ is: z.literal('read'), pages: z.array(z.string()) }),
  z.object({ is: z.literal('titles'), titles: z.array(z.string().nullable()) }),
  z.object({
    is: z.literal('sizes'),
    sizes: z.array(z.object({ width: z.number(), height: z.number() }).nullable()),
  }),
  z.object({ is: z.literal('failed'), why: z.custom<DerivativeFailure>((why) => typeof why === 'object') }),
]);

/**
 * Reads the text of a PDF in a process of its own, which may read that one file, write none, start nothing, and knows no
 * secret of ours. Whatever a document does to its reader, this program goes on.
 */
export async function readPdf(
  programs: Pick<Programs, 'run'>,
  path: string,
  signal: AbortSignal,
  { child = CHILD, timeoutMs = PATIENCE_MS }: { child?: string; timeoutMs?: number } = {},
): Promise<ToolOutcome<MediaText>> {
  const answer = await ask(programs, { mode: 'text', paths: [path] }, { child, timeoutMs, signal });
  if (!answer.ok) return answer;
  if (answer.value.is === 'failed') return err(answer.value.why);
  if (answer.value.is !== 'read') return err(endedEarly);
  return ok({
    kind: 'pdf',
    pages: answer.value.pages.map((text, index) => ({ page: index + 1, text: pageText(text) })),
  });
}

/** How large each page is, from the first. */
export async function readPageSizes(
  programs: Pick<Programs, 'run'>,
  path: string,
  signal: AbortSignal,
): Promise<ToolOutcome<readonly PageSize[]>> {
  const run = { child: CHILD, timeoutMs: PATIENCE_MS, signal };
  const answer = await ask(programs, { mode: 'sizes', paths: [path] }, run);
  if (!answer.ok) return answer;
  if (answer.value.is === 'failed') return err(answer.value.why);
  return answer.value.is === 'sizes' ? ok(answer.value.sizes) : err(endedEarly);
}

/**
 * The titles that documents say they have, in the order of the paths. One that breaks its reader takes the others with it,
 * so each is then asked alone.
 */
export async function titlesOfPdfs(
  programs: Pick<Programs, 'run'>,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<readonly (string | null)[]> {
  const run = { child: CHILD, timeoutMs: TITLES_PATIENCE_MS, signal };
  const together = await ask(programs, { mode: 'titles', paths }, run);
  signal.throwIfAborted();
  if (together.ok && together.value.is === 'titles') return together.value.titles;
  if (paths.length <= 1) return paths.map(() => null);
  const alone: (string | null)[] = [];
  for (const path of paths) alone.push(...(await titlesOfPdfs(programs, [path], signal)));
  return alone;
}

const endedEarly: DerivativeFailure = { code: 'derivative.not-readable', reason: 'its reader ended early' };

async function ask(
  programs: Pick<Programs, 'run'>,
  { mode, paths }: Omit<PdfTask, 'cMaps'>,
  { child, timeoutMs, signal }: { child: string; timeoutMs: number; signal: AbortSignal },
): Promise<ToolOutcome<PdfAnswer>> {
  const may = [...paths, child, ...MAY_READ].map((one) => `--allow-fs-read=${one}`);
  const args = ['--no-warnings', '--permission', '--allow-worker', ...may, child, mode, C_MAPS, ...paths];
  const ran = await programs.run('node', { args, timeoutMs, signal, env: {} });
  if (!ran.ok) return err(failureOf(ran.error));
  const answer = said.safeParse(jsonOf(ran.value));
  return answer.success ? ok(answer.data) : err(endedEarly);
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}

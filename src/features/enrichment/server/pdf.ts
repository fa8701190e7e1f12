import { extname, join } from 'node:path';
import { z } from 'zod';
import { err, ok } from '#core/result.ts';
import type { Programs } from '#server/platform/program.ts';
import type { DerivativeFailure } from '../core/derivative.ts';
import { pageText, type MediaText } from '../core/text.ts';
import { failureOf, type ToolOutcome } from './tool.ts';

export type PdfTask = { path: string; cMaps: string };
export type PdfAnswer = { is: 'read'; pages: readonly string[] } | { is: 'failed'; why: DerivativeFailure };

/** A thousand pages take ten seconds, and a small server is ten times slower. */
const PATIENCE_MS = 300_000;

const here = import.meta.dirname;
const isSource = extname(import.meta.filename) === '.ts';
/** Beside this file in the source, and beside the program when it is built: see vite.pdf.config.ts. */
const CHILD = join(here, isSource ? 'pdf.child.ts' : 'pdf.child.js');
const PACKAGE = join(here, ...Array<string>(4).fill('..'), 'node_modules', 'pdfjs-dist');
const C_MAPS = join(isSource ? PACKAGE : here, 'cmaps');
const MAY_READ = isSource ? [here, PACKAGE] : [here];

const said = z.discriminatedUnion('is', [
  z.object({ is: z.literal('read'), pages: z.array(z.string()) }),
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
  const may = [path, child, ...MAY_READ].map((one) => `--allow-fs-read=${one}`);
  const args = ['--no-warnings', '--permission', '--allow-worker', ...may, child, path, C_MAPS];
  const ran = await programs.run('node', { args, timeoutMs, signal, env: {} });
  if (!ran.ok) return err(failureOf(ran.error));
  const answer = said.safeParse(jsonOf(ran.value));
  if (!answer.success) return err({ code: 'derivative.not-readable', reason: 'its reader ended early' });
  if (answer.data.is === 'failed') return err(answer.data.why);
  return ok({
    kind: 'pdf',
    pages: answer.data.pages.map((text, index) => ({ page: index + 1, text: pageText(text) })),
  });
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}

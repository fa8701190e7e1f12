import { err, ok } from '#core/result.ts';
import type { Programs } from '#server/platform/program.ts';
import { failureOf, type ToolOutcome } from './tool.ts';

/** A page of an atlas takes seconds; a small server is ten times slower. */
const PAGE_MS = 60_000;
/** A page of text takes 18 MB, whatever it says of its size (measured); a large scan is unpacked whole. */
const MOST_MEMORY_BYTES = 500 * 1024 * 1024;

/** Where programs usually are; one that is elsewhere is named by its whole path in the configuration. */
export const WITHOUT_SECRETS = { PATH: '/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin', LC_ALL: 'C' };

/** The side that is longer, in pixels: whatever the page says of its size, the picture is no larger. */
export type PageLook = { longerSide: number; isGrey?: boolean };

/**
 * One page as PNG, by poppler, in a process of its own that knows no secret of ours. Fonts that are not in the document are
 * those of the machine.
 */
export async function drawPage(
  programs: Pick<Programs, 'run'>,
  { path, page, longerSide, isGrey = false }: { path: string; page: number } & PageLook,
  signal: AbortSignal,
): Promise<ToolOutcome<Buffer>> {
  const number = String(page);
  const args = [
    ...(isGrey ? ['-gray'] : []),
    '-png',
    '-singlefile',
    '-f',
    number,
    '-l',
    number,
    '-scale-to',
    String(longerSide),
    path,
  ];
  const limits = { timeoutMs: PAGE_MS, mostMemoryBytes: MOST_MEMORY_BYTES };
  const drawn = await programs.run('pdftoppm', { args, env: WITHOUT_SECRETS, signal, ...limits });
  if (drawn.ok)
    return drawn.value.length > 0
      ? ok(drawn.value)
      : err({ code: 'derivative.not-readable', reason: 'no page' });
  const isLocked = drawn.error.code === 'program.failed' && /incorrect password/i.test(drawn.error.reason);
  return err(isLocked ? { code: 'derivative.locked' } : failureOf(drawn.error));
}

import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { err, ok } from '#core/result.ts';
import type { Programs } from '#server/platform/program.ts';
import { readPictureList, type ListedPicture } from '../../core/document-pictures/listed.ts';
import { WITHOUT_SECRETS } from '../pdf-pages.ts';
import { failureOf, type ToolOutcome } from '../tool.ts';

/** A thousand pages take seconds to go through; a small server is ten times slower. */
const LIST_MS = 300_000;
const PAGE_MS = 120_000;
/** Pages after these are text for longer than anybody reads. */
const MOST_PAGES = 5_000;
/** A hundred thousand rows: stripes of a picture that was cut up, or an attack. */
const MOST_LIST_BYTES = 12 * 1024 * 1024;
/** A JPEG 2000 is unpacked whole, at four bytes for each colour of a pixel. */
const MOST_MEMORY_BYTES = 700 * 1024 * 1024;
/** What two hundred megapixels come to as PNG, and a bomb of gigabytes does not. */
const MOST_FILE_BYTES = 600 * 1024 * 1024;

/** Every picture that is drawn in a document, as it says of itself; nothing is unpacked for it. */
export async function listPictures(
  programs: Pick<Programs, 'run'>,
  path: string,
  signal: AbortSignal,
): Promise<ToolOutcome<readonly ListedPicture[]>> {
  const args = ['-list', '-l', String(MOST_PAGES), path];
  const limits = { timeoutMs: LIST_MS, mostMemoryBytes: MOST_MEMORY_BYTES, mostOutputBytes: MOST_LIST_BYTES };
  const listed = await programs.run('pdfimages', { args, env: WITHOUT_SECRETS, signal, ...limits });
  return listed.ok ? ok(readPictureList(listed.value.toString('utf8'))) : err(failureOf(listed.error));
}

/** Files by their place on the page. `seen` is PNG as a reader shows it; `jpegs` are those that lie there as JPEG. */
export type TakenOut = { seen: ReadonlyMap<number, string>; jpegs: ReadonlyMap<number, string> };

/** Unpacks the pictures of a page into files, for as long as `use` takes. */
export async function withPictures<T>(
  programs: Pick<Programs, 'run'>,
  { path, page, hasJpegs }: { path: string; page: number; hasJpegs: boolean },
  signal: AbortSignal,
  use: (files: TakenOut) => Promise<T>,
): Promise<ToolOutcome<T>> {
  const folder = await mkdtemp(join(tmpdir(), 'keepercheky-pictures-'));
  async function unpack(as: 'seen' | 'stored'): Promise<ToolOutcome<void>> {
    const formats = as === 'stored' ? ['-png', '-j'] : ['-png'];
    const args = [...formats, '-f', String(page), '-l', String(page), path, join(folder, as)];
    const limits = {
      timeoutMs: PAGE_MS,
      mostMemoryBytes: MOST_MEMORY_BYTES,
      mostFiles: { folder, bytes: MOST_FILE_BYTES },
    };
    const ran = await programs.run('pdfimages', { args, env: WITHOUT_SECRETS, signal, ...limits });
    return ran.ok ? ok(undefined) : err(failureOf(ran.error));
  }
  try {
    for (const as of hasJpegs ? (['seen', 'stored'] as const) : (['seen'] as const)) {
      const unpacked = await unpack(as);
      if (!unpacked.ok) return unpacked;
    }
    const names = await readdir(folder);
    return ok(
      await use({
        seen: filesOf(folder, names, 'seen', 'png'),
        jpegs: filesOf(folder, names, 'stored', 'jpg'),
      }),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** `seen-007.png` is the eighth of its page. */
const filesOf = (folder: string, names: readonly string[], as: string, ending: string) =>
  new Map(
    names.flatMap((name) => {
      const [, place] = new RegExp(`^${as}-(\\d+)[.]${ending}$`).exec(name) ?? [];
      return place === undefined ? [] : [[Number(place), join(folder, name)] as const];
    }),
  );

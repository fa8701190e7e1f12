import { join } from 'node:path';
import { z } from 'zod';
import type { StoreMissing } from '../../core/media-store.ts';
import { codeOf, isNotThere, syncFolder, type Disk } from './disk.ts';
import type { StoreIdentity } from './ports.ts';

export const MARK = '.keepercheky-media.json';

const markSchema = z.object({ store: z.string().min(1) });

const ABOUT =
  'KeeperCheky keeps archived media here and knows its folder by this file. Without it nothing is stored here, and nothing counts as missing.';

export type MarkDeps = { root: string; disk: Disk; identity: StoreIdentity; newId: () => string };

/** Null when the folder is ours. A folder that nobody has yet becomes ours, once: later it is never taken again by itself. */
export async function missing(deps: MarkDeps): Promise<StoreMissing | null> {
  const { root, disk, identity, newId } = deps;
  try {
    const ours = await identity.read();
    const found = await readMark(deps);
    if (ours !== null) return await compare(deps, ours, found);
    if (found !== null) return await compare(deps, await identity.keep(found), found);
    await disk.mkdir(root, { recursive: true });
    await writeMark(deps, newId(), 'wx');
    const written = await readMark(deps); // of whoever was first
    return written === null ? 'no-mark' : await compare(deps, await identity.keep(written), written);
  } catch (problem) {
    return whyOf(problem);
  }
}

/**
 * A person says that the folder as it is now is the right one: its mark counts, or it gets ours. Null, or why it cannot be
 * one.
 */
export async function acceptFolder(
  deps: MarkDeps & { own: (id: string) => Promise<void> },
): Promise<StoreMissing | null> {
  const { disk, root, identity, newId, own } = deps;
  try {
    const found = await readMark(deps);
    if (found !== null) {
      await own(found);
      return null;
    }
    await disk.mkdir(root, { recursive: true });
    await writeMark(deps, (await identity.read()) ?? newId(), 'w');
    return null;
  } catch (problem) {
    return whyOf(problem);
  }
}

async function compare({ root, disk }: MarkDeps, ours: string, found: string | null) {
  if (found === ours) return null;
  if (found !== null) return 'another-store';
  const isThere = await disk.stat(root).catch(() => null);
  return isThere ? 'no-mark' : 'no-folder';
}

async function readMark({ root, disk }: MarkDeps): Promise<string | null> {
  try {
    const text = await disk.readFile(join(root, MARK), 'utf8');
    return markSchema.parse(JSON.parse(text)).store;
  } catch (problem) {
    if (isNotThere(problem) || problem instanceof SyntaxError || problem instanceof z.ZodError) return null;
    throw problem;
  }
}

async function writeMark({ root, disk }: MarkDeps, store: string, flag: 'w' | 'wx'): Promise<void> {
  const text = `${JSON.stringify({ store, about: ABOUT }, null, 2)}\n`;
  await disk.writeFile(join(root, MARK), text, { flag, flush: true }).catch((problem: unknown) => {
    if (codeOf(problem) !== 'EEXIST') throw problem;
  });
  await syncFolder(disk, root);
}

function whyOf(problem: unknown): StoreMissing {
  const code = codeOf(problem);
  if (code === undefined) throw problem;
  if (['EROFS', 'EACCES', 'EPERM'].includes(code)) return 'not-writable';
  return isNotThere(problem) ? 'no-folder' : 'not-readable';
}

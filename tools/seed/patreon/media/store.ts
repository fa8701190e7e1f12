import { createHash } from 'node:crypto';
import { access, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Made } from './made.ts';
import { make } from './make.ts';
import { hasSound as lookForSound } from './programs.ts';
import { needsSound, type Recipe } from './recipes.ts';

/** Files that are made when first asked for and kept in a folder, so that the second start is quick. */
export type MediaStore = {
  /** Null when it cannot be made here. */
  bytes: (recipe: Recipe) => Promise<Buffer | null>;
  /** Null for sound as well: to know its size it would have to be made, which takes too long for a list. */
  size: (recipe: Recipe) => Promise<number | null>;
  /** Another file of the same recipe: the pieces of a film, the words of a speech. */
  part: (recipe: Recipe, name: string) => Promise<Buffer | null>;
};

/** Changes when the same recipe should give other bytes than before. */
const VERSION = 3;

/** Two at a time: making a film takes a whole core. */
const AT_ONCE = 2;

const FILE = 'file';

/** Small ones are made each time: there are tens of thousands, and to keep each would cost more. */
const isMadeAnew = ({ kind }: Recipe): boolean => kind === 'tiny' || kind === 'plain';

export function openMediaStore(folder: string, hasSound: () => Promise<boolean> = lookForSound): MediaStore {
  const ready = new Map<string, Promise<void>>();
  const inTurn = createTurns(AT_ONCE);

  const prepared = (place: string, recipe: Recipe): Promise<void> => {
    const found = ready.get(place) ?? prepare(place, () => inTurn(async () => make(recipe)));
    ready.set(place, found);
    return found;
  };

  const part = async (recipe: Recipe, name: string): Promise<Buffer | null> => {
    if (isMadeAnew(recipe)) return (await make(recipe)).files[name] ?? null;
    if (needsSound(recipe) && !(await hasSound())) return null;
    const place = placeOf(folder, recipe);
    await prepared(place, recipe);
    return readFile(join(place, name)).catch(() => null);
  };

  const size = async (recipe: Recipe): Promise<number | null> => {
    if (needsSound(recipe)) return null;
    if (isMadeAnew(recipe)) return (await part(recipe, FILE))?.length ?? null;
    const place = placeOf(folder, recipe);
    await prepared(place, recipe);
    return (await stat(join(place, FILE))).size;
  };

  return { bytes: (recipe) => part(recipe, FILE), size, part };
}

function placeOf(folder: string, recipe: Recipe): string {
  const key = createHash('sha256')
    .update(JSON.stringify([VERSION, recipe]))
    .digest('hex')
    .slice(0, 32);
  return join(folder, key.slice(0, 2), key);
}

async function prepare(place: string, made: () => Promise<Made>): Promise<void> {
  const isThere = await access(place).then(
    () => true,
    () => false,
  );
  if (!isThere) await keep(place, await made());
}

/** Written beside and moved: several processes may make the same file at once. */
async function keep(place: string, { files }: Made): Promise<void> {
  const draft = `${place}.${String(process.pid)}.part`;
  await mkdir(draft, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(draft, name), bytes);
  // Fails when somebody else was quicker; theirs is the same.
  await rename(draft, place).catch(() => rm(draft, { recursive: true, force: true }));
}

function createTurns(atOnce: number) {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async <T>(task: () => Promise<T>): Promise<T> => {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    running += 1;
    try {
      return await task();
    } finally {
      running -= 1;
      waiting.shift()?.();
    }
  };
}

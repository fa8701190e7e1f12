import { fileOf, type PdfFile } from './file.ts';
import { pathKey } from './spelling.ts';
import type { Sighting } from './walk.ts';

export type KeptPdf = { id: string; file: PdfFile };

export const keptPdfs = (kept: readonly { externalId: string; raw: unknown }[]): KeptPdf[] =>
  kept.flatMap(({ externalId, raw }) => {
    const file = fileOf(raw);
    return file ? [{ id: externalId, file }] : [];
  });

export type Recogniser = ReturnType<typeof createRecogniser>;

/**
 * Which post a file is. In this order: a file under the same path with the same size and time; the same bytes, wherever
 * they lie now; the same path with other bytes, which is a new version. Everything else is a new post. The same bytes twice
 * are one post: asked for the second one, this gives `double`.
 */
export function createRecogniser(creator: string, kept: readonly KeptPdf[]) {
  const taken = new Set<string>();
  /** Bytes that a post of this list has. */
  const told = new Set<string>();
  const byPath = gathered(kept, ({ file }) => pathKey(file));
  const byBytes = gathered(kept, ({ file }) => file.sha256);
  const ids = new Set(kept.map(({ id }) => id));

  const firstFree = (found: readonly KeptPdf[] | undefined) => found?.find(({ id }) => !taken.has(id));

  function take(one: KeptPdf): KeptPdf {
    taken.add(one.id);
    if (one.file.sha256 !== null) told.add(one.file.sha256);
    return one;
  }

  return {
    /** Nothing has to be read to know it; takes its post. */
    unchanged(sighting: Sighting): KeptPdf | null {
      const same = byPath
        .get(pathKey(sighting))
        ?.find(({ id, file }) => !taken.has(id) && isSameFile(file, sighting));
      return same ? take(same) : null;
    },

    /** What lay there before; for a file that cannot be read just now. Takes its post. */
    underItsPath(sighting: Sighting): KeptPdf | null {
      const found = firstFree(byPath.get(pathKey(sighting)));
      return found ? take(found) : null;
    },

    withBytes(
      sighting: Sighting,
      sha256: string,
    ): { is: 'double' } | { is: 'kept'; kept: KeptPdf } | { is: 'new' } {
      if (told.has(sha256)) return { is: 'double' };
      told.add(sha256);
      const same = byBytes.get(sha256) ?? [];
      const here = same.filter(({ file }) => pathKey(file) === pathKey(sighting));
      const before = firstFree(here) ?? firstFree(same) ?? firstFree(byPath.get(pathKey(sighting)));
      if (!before) return { is: 'new' };
      taken.add(before.id);
      return { is: 'kept', kept: before };
    },

    /** Made of the first bytes that were seen of it, or of its path; and of the next number where that is taken. */
    newId(seed: string): string {
      let id = `${creator}/${seed}`;
      for (let number = 2; ids.has(id); number += 1) id = `${creator}/${seed}-${number}`;
      ids.add(id);
      taken.add(id);
      return id;
    },
  };
}

const isSameFile = (file: PdfFile, { sizeBytes, modifiedAt, trouble }: Sighting): boolean =>
  file.sizeBytes === sizeBytes &&
  file.modifiedAt === modifiedAt &&
  // What could not be read is tried again: somebody may have given us leave.
  file.trouble === trouble;

function gathered(
  kept: readonly KeptPdf[],
  keyOf: (one: KeptPdf) => string | null,
): ReadonlyMap<string, KeptPdf[]> {
  const found = new Map<string, KeptPdf[]>();
  for (const one of kept) {
    const key = keyOf(one);
    if (key !== null) found.set(key, [...(found.get(key) ?? []), one]);
  }
  return found;
}

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { RawPost } from '#features/archive/server/ports.ts';
import type { createDigests } from './digest.ts';
import type { PdfFile } from './file.ts';
import { publishedAtOf } from './read-pdf.ts';
import { createRecogniser, type KeptPdf, type Recogniser } from './recognise.ts';
import { pathKey } from './spelling.ts';
import type { Sighting } from './walk.ts';

/** The titles that documents say they have, in the order of the paths; null where one says none, or cannot be read. */
export type TitlesOf = (paths: readonly string[], signal: AbortSignal) => Promise<readonly (string | null)[]>;

export type ListDeps = {
  root: string;
  digests: ReturnType<typeof createDigests>;
  titlesOf: TitlesOf;
  mostBytes: number | null;
};

const PAGE = 50;

type Entry = { sighting: Sighting; kept: KeptPdf | null; at: number };
type Told = { id: string; file: PdfFile; isUntitled: boolean };

/** The posts of one creator, newest first. Only files that are new or changed are read, and each page when it is asked for. */
export async function* listPdfs(
  deps: ListDeps,
  { creator, sightings, kept }: { creator: string; sightings: readonly Sighting[]; kept: readonly KeptPdf[] },
  signal: AbortSignal,
): AsyncGenerator<readonly RawPost[]> {
  const recogniser = createRecogniser(creator, kept);
  const entries = sightings
    .map((sighting): Entry => {
      const known = recogniser.unchanged(sighting);
      const file = known?.file ?? { path: sighting.path, since: sighting.modifiedAt };
      return { sighting, kept: known, at: publishedAtOf(file).getTime() };
    })
    .sort((a, b) => b.at - a.at || (pathKey(a.sighting) < pathKey(b.sighting) ? -1 : 1));

  for (let from = 0; from === 0 || from < entries.length; from += PAGE) {
    const page: Told[] = [];
    for (const entry of entries.slice(from, from + PAGE)) {
      const told = await tell(deps, recogniser, entry, signal);
      if (told) page.push(told);
    }
    yield await titled(deps, page, signal);
  }
}

/** Null when there is nothing to say of it now: it is being written, or lies there twice. */
async function tell(
  { digests, mostBytes }: ListDeps,
  recogniser: Recogniser,
  { sighting, kept }: Entry,
  signal: AbortSignal,
): Promise<Told | null> {
  if (kept) return { ...kept, isUntitled: false };
  if (sighting.isFresh) return asItWas(recogniser, sighting);
  if (!isToBeRead(sighting, mostBytes)) return unread(recogniser, sighting, sighting.trouble);
  const digest = await digests(sighting, signal);
  switch (digest.is) {
    case 'changing':
      return asItWas(recogniser, sighting);
    case 'refused':
      return unread(recogniser, sighting, digest.why);
    case 'read':
      return read(recogniser, sighting, digest.sha256);
  }
}

const isToBeRead = ({ trouble, sizeBytes }: Sighting, mostBytes: number | null): boolean =>
  trouble === null && sizeBytes > 0 && (mostBytes === null || sizeBytes <= mostBytes);

function asItWas(recogniser: Recogniser, sighting: Sighting): Told | null {
  const before = recogniser.underItsPath(sighting);
  return before && { ...before, isUntitled: false };
}

function read(recogniser: Recogniser, sighting: Sighting, sha256: string): Told | null {
  const found = recogniser.withBytes(sighting, sha256);
  if (found.is === 'double') return null;
  const before = found.is === 'kept' ? found.kept : null;
  const isSame = before?.file.sha256 === sha256;
  const title = isSame ? before.file.title : null;
  return {
    id: before?.id ?? recogniser.newId(sha256.slice(0, 24)),
    file: fileFrom(sighting, before?.file, { sha256, trouble: null, title }),
    isUntitled: !isSame,
  };
}

function unread(recogniser: Recogniser, sighting: Sighting, trouble: PdfFile['trouble']): Told {
  const before = recogniser.underItsPath(sighting);
  const seed = createHash('sha256').update(pathKey(sighting)).digest('hex').slice(0, 24);
  return {
    id: before?.id ?? recogniser.newId(`path-${seed}`),
    file: fileFrom(sighting, before?.file, { sha256: null, trouble, title: before?.file.title ?? null }),
    isUntitled: false,
  };
}

const fileFrom = (
  { path, bytes, sizeBytes, modifiedAt }: Sighting,
  before: PdfFile | undefined,
  read: Pick<PdfFile, 'sha256' | 'trouble' | 'title'>,
): PdfFile => ({ path, bytes, sizeBytes, modifiedAt, since: before?.since ?? modifiedAt, ...read });

/** What is new is asked for its title, all of a page at once: a process takes longer to start than to look at fifty. */
async function titled(
  { root, titlesOf }: ListDeps,
  page: readonly Told[],
  signal: AbortSignal,
): Promise<RawPost[]> {
  const asked = page.filter(({ isUntitled, file }) => isUntitled && file.bytes === null);
  const titles =
    asked.length === 0
      ? []
      : await titlesOf(
          asked.map(({ file }) => join(root, file.path)),
          signal,
        );
  const found = new Map(asked.map(({ id }, index) => [id, titles[index] ?? null]));
  return page.map(({ id, file }) => ({
    externalId: id,
    // The database keeps no NUL and no half of a character.
    raw: {
      ...file,
      title: found.get(id)?.replaceAll('\0', '').toWellFormed().slice(0, MOST_TITLE) ?? file.title,
    },
  }));
}

const MOST_TITLE = 300;

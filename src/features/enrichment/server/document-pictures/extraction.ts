import type { Sha256 } from '#core/ids.ts';
import { ok } from '#core/result.ts';
import type { DocumentPicture } from '#features/archive/core/media.ts';
import type { Progress } from '#server/platform/jobs.ts';
import type { Programs } from '#server/platform/program.ts';
import { choosePictures, type Choice, type PageToExtract } from '../../core/document-pictures/choose.ts';
import type { MediaText } from '../../core/text.ts';
import type { DerivedFolder, DocumentPictureFile } from '../folder.ts';
import type { ToolOutcome } from '../tool.ts';
import { readDocument } from './document.ts';
import { keepPicture } from './keep.ts';
import { listPictures, withPictures } from './take-out.ts';

type Deps = { programs: Pick<Programs, 'run'>; folder: Pick<DerivedFolder, 'write'> };

export type Turn = { signal: AbortSignal; progress: (progress: Progress) => void };

type Document = {
  sha: Sha256;
  path: string;
  texts: readonly MediaText[];
  /** Nobody will read more of its words. */
  isRecognised: boolean;
};

export type Extracted = { pictures: readonly DocumentPicture[]; awaitsWords: boolean };

/** Each may take two minutes and end in nothing: what comes after so many of them would too. */
const MOST_BAD_PAGES = 5;

export const fileOf = ({ id, format }: Pick<DocumentPicture, 'id' | 'format'>): DocumentPictureFile =>
  `picture-${id}.${format}`;
export const smallFileOf = (id: string): DocumentPictureFile => `picture-${id}-small.webp`;

/** The pictures of a document as files of its folder. A page that is broken has none, and the others theirs. */
export function createExtraction({ programs, folder }: Deps) {
  async function takeOut(
    { sha, path }: Document,
    { page, pictures }: PageToExtract,
    signal: AbortSignal,
  ): Promise<ToolOutcome<DocumentPicture[]>> {
    const hasJpegs = pictures.some(({ isJpeg }) => isJpeg);
    return withPictures(programs, { path, page, hasJpegs }, signal, async (files) => {
      const taken: DocumentPicture[] = [];
      for (const chosen of pictures) {
        const kept = await keepPicture(chosen, files);
        if (!kept) continue;
        const { bytes, small, ...picture } = kept;
        await folder.write(sha, fileOf(picture), bytes);
        await folder.write(sha, smallFileOf(picture.id), small);
        taken.push({ ...picture, page });
      }
      return taken;
    });
  }

  async function takeOutAll(
    document: Document,
    pages: readonly PageToExtract[],
    { signal, progress }: Turn,
  ): Promise<ToolOutcome<readonly DocumentPicture[]>> {
    const taken = new Map<string, DocumentPicture>();
    let bad = 0;
    for (const [index, page] of pages.entries()) {
      signal.throwIfAborted();
      progress({ done: index, total: pages.length });
      const ofPage = await takeOut(document, page, signal);
      if (ofPage.ok) {
        for (const picture of ofPage.value) if (!taken.has(picture.id)) taken.set(picture.id, picture);
      } else if (ofPage.error.code === 'program.missing') return ofPage;
      else if ((bad += 1) === MOST_BAD_PAGES) break;
    }
    return ok([...taken.values()]);
  }

  return async (document: Document, turn: Turn): Promise<ToolOutcome<Extracted>> => {
    const choice = await choose(programs, document, turn.signal);
    if (!choice.ok) return choice;
    const { pages, awaitsWords } = choice.value;
    const pictures = await takeOutAll(document, pages, turn);
    return pictures.ok ? ok({ pictures: pictures.value, awaitsWords }) : pictures;
  };
}

async function choose(
  programs: Pick<Programs, 'run'>,
  { path, texts, isRecognised }: Document,
  signal: AbortSignal,
): Promise<ToolOutcome<Choice>> {
  const listed = await listPictures(programs, path, signal);
  if (!listed.ok) return listed;
  if (listed.value.length === 0) return ok({ pages: [], awaitsWords: false });
  const document = await readDocument(programs, { path, texts }, signal);
  if (!document.ok) return document;
  const { pages, awaitsWords } = choosePictures(listed.value, document.value);
  return ok({ pages, awaitsWords: awaitsWords && !isRecognised });
}

import { readFile } from 'node:fs/promises';
import { err, ok } from '#core/result.ts';
import type { Programs } from '#server/platform/program.ts';
import { sharpOf } from '#server/platform/sharp.ts';
import type { MadeKind } from '../core/derivative.ts';
import type { LookFacts } from '../core/look.ts';
import type { MediaText } from '../core/text.ts';
import { readCaptionFile } from './captions.ts';
import { frameOf, waveform } from './film.ts';
import type { DerivedFile, DerivedFolder } from './folder.ts';
import { drawPage } from './pdf-pages.ts';
import { readPdf } from './pdf.ts';
import { drawPictures, type Pictures } from './pictures.ts';
import type { StoredMedia } from './ports.ts';
import { probe } from './probe.ts';
import type { ToolOutcome } from './tool.ts';

export type Wish = {
  kind: MadeKind;
  file: StoredMedia;
  path: string;
  /** What was found before, such as how long a film is. */
  known: LookFacts;
  /** Of captions, as their post says. */
  language: string | null;
  signal: AbortSignal;
};

export type Made = { facts: LookFacts; words: MediaText | null };

const POSTER_QUALITY = 80;
/** The widest thumbnail out of a page that is nearly three times as high. */
const FIRST_PAGE_SIDE = 1600;

/** Makes one kind out of one file; what it made lies in the folder before it says so. */
export function createMaker({ folder, programs }: { folder: DerivedFolder; programs: Programs }) {
  async function keep({ sha256 }: StoredMedia, pictures: Pictures, poster: Uint8Array | null) {
    const files: (readonly [DerivedFile, Uint8Array])[] = [
      ...pictures.thumbnails.map(({ width, webp }) => [`${width}.webp`, webp] as const),
      ...(poster ? [['poster.webp', poster] as const] : []),
    ];
    for (const [name, bytes] of files) await folder.write(sha256, name, bytes);
    await folder.keepOnly(
      sha256,
      'look',
      files.map(([name]) => name),
    );
  }

  async function ofPicture({ file, path }: Wish): Promise<ToolOutcome<LookFacts>> {
    // From its bytes an SVG cannot name files beside it.
    const source = file.mimeType === 'image/svg+xml' ? await readFile(path) : path;
    const drawn = await drawPictures(source);
    if (!drawn.ok) return drawn;
    await keep(file, drawn.value, null);
    const { width, height } = drawn.value;
    return ok({ width, height, ...shownOf(drawn.value) });
  }

  /** The other pages are drawn where they are read, by the browser: of a thousand nobody looks at most. */
  async function ofDocument({ file, path, signal }: Wish): Promise<ToolOutcome<LookFacts>> {
    const page = await drawPage(programs, { path, page: 1, longerSide: FIRST_PAGE_SIDE }, signal);
    if (!page.ok) return page;
    const drawn = await drawPictures(page.value);
    if (!drawn.ok) return drawn;
    await keep(file, drawn.value, null);
    const { width, height } = drawn.value;
    return ok({ width, height, ...shownOf(drawn.value) });
  }

  async function ofFilm({ file, path, known, signal }: Wish): Promise<ToolOutcome<LookFacts>> {
    const frame = await frameOf(programs, path, known.durationMs, signal);
    if (!frame.ok) return frame;
    const drawn = await drawPictures(frame.value);
    if (!drawn.ok) return drawn;
    await keep(
      file,
      drawn.value,
      await (await sharpOf(frame.value)).webp({ quality: POSTER_QUALITY }).toBuffer(),
    );
    return ok({ ...shownOf(drawn.value), hasPoster: true });
  }

  const drawerOf = ({ kind }: StoredMedia) =>
    kind === 'video' ? ofFilm : kind === 'file' ? ofDocument : ofPicture;

  return async function make(wish: Wish): Promise<ToolOutcome<Made>> {
    switch (wish.kind) {
      case 'probe':
        return looksLike(await probe(programs, wish.path, wish.signal));
      case 'thumbnails':
        return looksLike(await drawerOf(wish.file)(wish));
      case 'waveform': {
        const drawn = await waveform(programs, wish.path, wish.signal);
        return drawn.ok ? looksLike(ok({ waveform: drawn.value })) : err(drawn.error);
      }
      case 'pdf':
        return saysThat(await readPdf(programs, wish.path, wish.signal));
      case 'captions':
        return saysThat(await readCaptionFile(wish.path, wish.language));
    }
  };
}

const looksLike = (drawn: ToolOutcome<LookFacts>): ToolOutcome<Made> =>
  drawn.ok ? ok({ facts: drawn.value, words: null }) : drawn;

const saysThat = (read: ToolOutcome<MediaText>): ToolOutcome<Made> =>
  read.ok ? ok({ facts: {}, words: read.value }) : read;

const shownOf = ({ placeholder, thumbnails }: Pictures): LookFacts => ({
  placeholder,
  thumbnailWidths: thumbnails.map(({ width }) => width),
});

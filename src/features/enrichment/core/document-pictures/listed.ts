/** A picture of a PDF as `pdfimages -list` tells it: a row for each time that it is drawn. */
export type ListedPicture = {
  page: number;
  /** Of those that are drawn on its page, from 0: as the files are numbered that come of it. */
  place: number;
  /** `mask` and `smask` belong to the picture before them; a `stencil` is a form that is filled with a colour. */
  type: string;
  width: number;
  height: number;
  components: number;
  bits: number;
  isJpeg: boolean;
  /** What it is known by in the document; null when it stands in the page itself. */
  object: string | null;
  /** As it is drawn, in inches; null when it is drawn as a line or a point. */
  drawn: { width: number; height: number } | null;
};

/** Two lines of headings come first. */
export function readPictureList(table: string): ListedPicture[] {
  const perPage = new Map<number, number>();
  return table
    .split('\n')
    .slice(2)
    .flatMap((row) => {
      const read = rowOf(row.trim().split(/\s+/));
      if (!read) return [];
      const place = perPage.get(read.page) ?? 0;
      perPage.set(read.page, place + 1);
      return [{ ...read, place }];
    });
}

/** Columns: page, number, type, width, height, color, components, bits, encoding, interpolation, object, generation, x-ppi, y-ppi, … */
function rowOf(cells: readonly string[]): Omit<ListedPicture, 'place'> | null {
  const [page, , type = '', width, height, , components, bits, encoding, , object = '', ...rest] = cells;
  const size = { width: Number(width), height: Number(height) };
  if (!(Number(page) > 0 && size.width > 0 && size.height > 0)) return null;
  // One without a number has `[inline]` in the place of both columns.
  const isInline = object.startsWith('[');
  const [across, along] = isInline ? rest : rest.slice(1);
  return {
    page: Number(page),
    type,
    ...size,
    components: Number(components) || 0,
    bits: Number(bits) || 0,
    isJpeg: encoding === 'jpeg',
    object: isInline ? null : `${object} ${rest[0] ?? ''}`,
    drawn: drawnAs(size, Number(across), Number(along)),
  };
}

const drawnAs = ({ width, height }: { width: number; height: number }, across: number, along: number) =>
  across > 0 && along > 0 ? { width: width / across, height: height / along } : null;

import type { CollectionId, PostId, PostMediaId, Sha256 } from '#core/ids.ts';
import type { DocumentPicture } from '../core/media.ts';

export const fileHref = (sha256: Sha256): string => `/api/v1/media-files/${sha256}`;
export const thumbnailHref = (sha256: Sha256, width: number): string =>
  `${fileHref(sha256)}/thumbnails/${width}`;
export const posterHref = (sha256: Sha256): string => `${fileHref(sha256)}/poster`;

/** A picture of a PDF by itself, and as small as it stands in a row of them. */
export const documentPictureHref = (sha256: Sha256, { id, format }: DocumentPicture): string =>
  `${fileHref(sha256)}/pictures/${id}.${format}`;
export const smallPictureHref = (sha256: Sha256, { id }: DocumentPicture): string =>
  `${fileHref(sha256)}/pictures/${id}/thumbnail`;
/** A PDF at a page, as browsers read such an address. */
export const pageHref = (sha256: Sha256, page: number): string => `${fileHref(sha256)}#page=${page}`;

/** `12` of `<place>-12`, as an address names a page of the PDF at this place. */
export function pageNamed(address: string | null, place: PostMediaId): number | null {
  const number = address?.startsWith(`${place}-`) ? address.slice(place.length + 1) : '';
  return /^[1-9]\d{0,5}$/.test(number) ? Number(number) : null;
}

/** Words as WebVTT, which every player reads; the file itself may be another sort of captions. */
export const webVttHref = (sha256: Sha256): string => `/api/v1/transcripts/${sha256}.vtt`;

/** `within` is the collection that somebody is going through: next and previous then follow its order. */
export const postHref = (id: PostId, within: CollectionId | null = null): string =>
  `/archive/posts/${id}${within === null ? '' : `?in=${encodeURIComponent(within)}`}`;

/** The filters of the Archive page, as they stand in its address. */
export const filterNames = [
  'creator',
  'collection',
  'source',
  'kind',
  'tag',
  'state',
  'from',
  'until',
] as const;
export type FilterName = (typeof filterNames)[number];

/** The part of URLSearchParams that is read here, so that also the read-only ones of a page will do. */
type Params = Iterable<[string, string]> & { get(name: string): string | null };

const CURSORS = ['after', 'before'];

/** The same list with something changed; another filter or order begins again on its first page. */
export function listHref(
  path: string,
  params: Params,
  changes: Readonly<Record<string, string | null>>,
): string {
  const next = new URLSearchParams(
    [...params].filter(([name, value]) => !CURSORS.includes(name) && value !== ''),
  );
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') next.delete(name);
    else next.set(name, value);
  }
  return next.size > 0 ? `${path}?${next.toString()}` : path;
}

export const activeFilters = (params: Params): { name: FilterName; value: string }[] =>
  filterNames.flatMap((name) => {
    const value = params.get(name);
    return value === null || value === '' ? [] : [{ name, value }];
  });

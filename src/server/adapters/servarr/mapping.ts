import type { CatalogueFile } from '#features/library/server/ports.ts';
import type { Image, MediaFile } from './schemas.ts';

/** The date of a file is when this file came, which an upgrade sets anew; when it was not told, it counts from now. */
export const toFile = (file: MediaFile, readAt: Date): CatalogueFile => ({
  externalId: file.id,
  path: file.path,
  sizeBytes: file.size,
  addedAt: file.dateAdded ?? readAt,
  quality: file.quality?.quality?.name ?? null,
});

/** Zero is how Servarr writes "unknown" for numbers of other databases, years and minutes. */
export const positive = (value: number | null | undefined): number | null =>
  value && value > 0 ? value : null;

export const filled = (value: string | null | undefined): string | null => (value ? value : null);

/** Without a slash at the end, as root folders are told in the settings and as paths begin. */
export const withoutEndSlash = (path: string): string =>
  path.length > 1 ? path.replace(/[\\/]+$/, '') : path;

/** The folder above, for answers that do not name the root folder. */
export const folderAbove = (path: string): string =>
  withoutEndSlash(withoutEndSlash(path).replace(/[^\\/]+$/, '')) || '/';

/** Where the poster came from. The program's own address carries the moment it was written, and would differ every time. */
export function posterOf(images: readonly Image[] | null | undefined): string | null {
  const poster = images?.find(({ coverType }) => coverType === 'poster');
  return filled(poster?.remoteUrl) ?? filled(poster?.url?.split('?')[0]);
}

type Rating = { votes?: number | null | undefined; value?: number | null | undefined } | null | undefined;

/** A rating nobody gave is no rating. */
export const ratingOf = (rating: Rating): { rating: number | null; votes: number | null } => {
  const value = rating?.votes === 0 ? null : positive(rating?.value);
  return { rating: value, votes: value === null ? null : positive(rating?.votes) };
};

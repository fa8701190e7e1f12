import type { Sha256 } from '#core/ids.ts';
import type { ShownMedia, ShownPicture } from '../../core/reading/shown.ts';
import type { MediaLooks } from './reading.ports.ts';

/** Looks for the media of one post. */
export async function withLooks(media: readonly ShownMedia[], looks: MediaLooks): Promise<ShownMedia[]> {
  const found = await looks(distinct(media.flatMap(({ sha256 }) => sha256 ?? [])));
  return media.map((one) => ({ ...one, look: (one.sha256 && found.get(one.sha256)) ?? null }));
}

/** Looks for the pictures of a page of cards, asked for at once. */
export async function withFaces<Field extends string, T extends Record<Field, ShownPicture | null>>(
  cards: readonly T[],
  looks: MediaLooks,
  fields: readonly Field[],
): Promise<T[]> {
  const found = await looks(
    distinct(cards.flatMap((card) => fields.flatMap((field) => card[field]?.sha256 ?? []))),
  );
  const faced = (picture: ShownPicture | null) =>
    picture && facedWith({ ...picture, look: found.get(picture.sha256) ?? null });
  return cards.map((card) => ({
    ...card,
    ...Object.fromEntries(fields.map((field) => [field, faced(card[field])])),
  }));
}

/** A document has a face only when its first page is drawn: until then its words say more. */
const facedWith = (picture: ShownPicture): ShownPicture | null =>
  picture.kind === 'file' && !picture.look?.thumbnailWidths.length ? null : picture;

const distinct = (files: readonly Sha256[]): Sha256[] => [...new Set(files)];

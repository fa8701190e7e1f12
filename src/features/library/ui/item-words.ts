import { m } from '#i18n/messages.js';
import type { ItemKind } from '../core/item.ts';

export const kindWords: Readonly<Record<ItemKind, () => string>> = {
  film: m.kind_film,
  show: m.kind_show,
  season: m.kind_season,
  episode: m.kind_episode,
};

export const kindsWords: Readonly<Record<ItemKind, () => string>> = {
  film: m.kind_films,
  show: m.kind_shows,
  season: m.kind_seasons,
  episode: m.kind_episodes,
};

export const seasonWords = (number: number): string =>
  number === 0 ? m.kind_specials() : m.kind_season_number({ number });

type Place = { seasonNumber: number; episodeNumber: number };
type Named = {
  kind: ItemKind;
  title: string;
  seasonNumber: number | null;
  episodes?: readonly Place[] | undefined;
};

/** "Alma", "Alma · Season 2", or "Alma · 2×05" for an episode, whose numbers read the same in every language. */
export function nameOf({ kind, title, seasonNumber, episodes = [] }: Named): string {
  if (kind === 'episode' && episodes.length > 0) return `${title} · ${episodes.map(placeWords).join(', ')}`;
  return kind !== 'film' && seasonNumber !== null ? `${title} · ${seasonWords(seasonNumber)}` : title;
}

const placeWords = ({ seasonNumber, episodeNumber }: Place): string =>
  `${seasonNumber}×${String(episodeNumber).padStart(2, '0')}`;

/** The picture of a film or show; a season shows that of its show. */
export const posterOf = (id: string): string => `/api/v1/media/${encodeURIComponent(id)}/poster`;

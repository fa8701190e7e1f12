import { m } from '#i18n/messages.js';
import type { ItemKind } from '../core/item.ts';

export const kindWords: Readonly<Record<ItemKind, () => string>> = {
  film: m.kind_film,
  show: m.kind_show,
  season: m.kind_season,
};

export const kindsWords: Readonly<Record<ItemKind, () => string>> = {
  film: m.kind_films,
  show: m.kind_shows,
  season: m.kind_seasons,
};

export const seasonWords = (number: number): string =>
  number === 0 ? m.kind_specials() : m.kind_season_number({ number });

type Named = { kind: ItemKind; title: string; seasonNumber: number | null };

/** "Alma", or "Alma · Season 2". */
export const nameOf = ({ kind, title, seasonNumber }: Named): string =>
  kind === 'season' && seasonNumber !== null ? `${title} · ${seasonWords(seasonNumber)}` : title;

/** The picture of a film or show; a season shows that of its show. */
export const posterOf = (id: string): string => `/api/v1/media/${encodeURIComponent(id)}/poster`;

import type { CreditPart } from '#features/library/core/credits.ts';
import type { MediaEntry, ProviderIds, ToldCredits, UserMark } from '#features/library/server/ports.ts';
import type { Dialect } from './dialect.ts';
import type { CreditedItem, LibraryItem, MarkedItem } from './schemas.ts';

const KINDS: Readonly<Record<string, MediaEntry['kind']>> = {
  Movie: 'film',
  Series: 'show',
  Season: 'season',
  Episode: 'episode',
};

/** For `includeItemTypes`. */
export const ITEM_TYPES = Object.keys(KINDS).join(',');

type Ids = Pick<Dialect, 'toId'>;

/** A missing or unaired episode has no file; it says nothing about what is on the disk (T-25). */
export const isVirtual = (item: { LocationType?: string | null | undefined }): boolean =>
  item.LocationType === 'Virtual';

/** A film or an episode; what holds episodes is not played itself. */
export const isPlayable = ({ Type }: { Type: string }): boolean =>
  KINDS[Type] === 'film' || KINDS[Type] === 'episode';

const numeric = (text: string | null | undefined): number | null => {
  const number = Number(text);
  return text && Number.isInteger(number) && number > 0 ? number : null;
};

/** The spelling of the names varies with the plugin that wrote them. */
function toProviderIds(given: LibraryItem['ProviderIds']): ProviderIds {
  const ids = new Map(Object.entries(given ?? {}).map(([name, id]) => [name.toLowerCase(), id]));
  return { tmdb: numeric(ids.get('tmdb')), tvdb: numeric(ids.get('tvdb')), imdb: ids.get('imdb') || null };
}

/** Null for virtual items and for kinds that are none of ours. */
export function toEntry({ toId }: Ids, item: LibraryItem): MediaEntry | null {
  const kind = KINDS[item.Type];
  if (!kind || isVirtual(item)) return null;
  const number = item.IndexNumber ?? null;
  return {
    externalId: toId(item.Id),
    kind,
    title: item.Name ?? '',
    path: item.Path || null,
    ids: toProviderIds(item.ProviderIds),
    showExternalId: item.SeriesId ? toId(item.SeriesId) : null,
    seasonNumber: kind === 'season' ? number : kind === 'episode' ? (item.ParentIndexNumber ?? null) : null,
    episodeNumber: kind === 'episode' ? number : null,
    lastEpisodeNumber: kind === 'episode' ? (item.IndexNumberEnd ?? null) : null,
  };
}

/**
 * Null when the person never touched it. Of shows and seasons only the favourite counts: their `Played` means "no
 * unplayed children" and is true for an empty show. Pressing play at once sets the count and the date and clears
 * `Played`, so a second viewing looks unplayed but has both.
 */
export function toMark({ toId }: Ids, item: MarkedItem): UserMark | null {
  const kind = KINDS[item.Type];
  if (!item.UserData || !kind || isVirtual(item)) return null;
  const mark = {
    mediaExternalId: toId(item.Id),
    favourite: item.UserData.IsFavorite === true,
    ...(isPlayable(item) ? playOf(item) : UNPLAYED),
  };
  return mark.favourite || isPlayed(mark) ? mark : null;
}

type Play = Omit<UserMark, 'mediaExternalId' | 'favourite'>;
const UNPLAYED: Play = { played: false, playCount: 0, lastPlayedAt: null, positionPercent: 0 };

const playOf = (item: MarkedItem): Play => ({
  played: item.UserData?.Played === true,
  playCount: item.UserData?.PlayCount ?? 0,
  lastPlayedAt: item.UserData?.LastPlayedDate ?? null,
  positionPercent: positionOf(item),
});

const isPlayed = ({ played, playCount, lastPlayedAt, positionPercent }: Play): boolean =>
  played || playCount > 0 || lastPlayedAt !== null || positionPercent > 0;

/** At least 1 for whatever was begun: zero would say that it was not. */
function positionOf({ UserData: data, RunTimeTicks: length }: MarkedItem): number {
  const ticks = data?.PlaybackPositionTicks ?? 0;
  if (ticks <= 0) return 0;
  const percent = data?.PlayedPercentage ?? (length ? (ticks / length) * 100 : 1);
  return Math.min(100, Math.max(1, percent));
}

const PARTS: Readonly<Record<string, CreditPart>> = {
  Actor: 'actor',
  GuestStar: 'actor',
  Director: 'director',
  Writer: 'writer',
  Creator: 'creator',
};

/** In the order of the server, which is that of the credits. Null when nobody was told. */
export function toCredits({ toId }: Ids, { Id, OriginalTitle, People }: CreditedItem): ToldCredits | null {
  if (!People) return null;
  return {
    mediaExternalId: toId(Id),
    originalTitle: OriginalTitle || null,
    credits: People.flatMap(({ Name, Role, Type }) => {
      const part = PARTS[Type ?? ''];
      // Of makers it says what they made, such as "Screenplay".
      return part && Name ? [{ name: Name, part, role: (part === 'actor' && Role) || null }] : [];
    }),
  };
}

import type { MediaRow } from '../../seed/household.ts';
import { titleOf, type PlayRow } from '../plays.ts';
import type { Tautulli } from './house.ts';

const itemsOf = ({ world }: Tautulli): readonly MediaRow[] => world.household.jellyfin.items;
/** Plex numbers what it has; what is gone has left an empty text in the history. */
const ratingKey = (tautulli: Tautulli, id: string | null | undefined): number | '' => {
  const place = itemsOf(tautulli).findIndex((item) => item.id === id);
  return place < 0 ? '' : place + 1000;
};

export function historyRow(tautulli: Tautulli, { id, userId, userName, itemId, at, seconds }: PlayRow) {
  const item = itemsOf(tautulli).find((one) => one.id === itemId);
  const started = Math.floor(Date.parse(at) / 1000);
  return {
    row_id: id,
    reference_id: id,
    date: started,
    started,
    stopped: started + seconds,
    play_duration: seconds,
    paused_counter: 0,
    percent_complete: 92,
    watched_status: 1,
    user_id: Number.parseInt(userId.slice(0, 6), 16),
    user: userName,
    friendly_name: userName,
    ...(item?.kind === 'Episode' ? ofEpisode(tautulli, item) : ofFilm(tautulli, itemId)),
    guid: guidOf(tautulli, item),
    state: null,
  };
}

function ofFilm(tautulli: Tautulli, id: string) {
  const item = itemsOf(tautulli).find((one) => one.id === id);
  const title = item ? titleOf(tautulli.world.household.titles, item) : undefined;
  return {
    media_type: 'movie',
    rating_key: ratingKey(tautulli, id),
    parent_rating_key: '',
    grandparent_rating_key: '',
    title: title?.name ?? 'Gone',
    grandparent_title: '',
    media_index: '',
    parent_media_index: '',
    year: title?.year ?? '',
  };
}

const ofEpisode = (tautulli: Tautulli, item: MediaRow) => ({
  media_type: 'episode',
  rating_key: ratingKey(tautulli, item.id),
  parent_rating_key: ratingKey(tautulli, item.seasonId),
  grandparent_rating_key: ratingKey(tautulli, item.seriesId),
  title: item.name,
  grandparent_title: titleOf(tautulli.world.household.titles, item)?.name ?? '',
  // Numbers arrive as text here and there.
  media_index: String(item.index ?? ''),
  parent_media_index: item.parentIndex ?? '',
  year: '',
});

function guidOf(tautulli: Tautulli, item: MediaRow | undefined): string {
  const title = item ? titleOf(tautulli.world.household.titles, item) : undefined;
  if (!item || !title) return 'local://1';
  if (!tautulli.settings.oldAgents) return `plex://${item.kind.toLowerCase()}/${item.id.slice(0, 24)}`;
  return item.kind === 'Episode'
    ? `com.plexapp.agents.thetvdb://${title.tvdbId}/${item.parentIndex ?? 0}/${item.index ?? 0}?lang=en`
    : `com.plexapp.agents.imdb://${title.imdbId}?lang=en`;
}

/** Empty for what Plex does not have any more. */
export function guidsOf(tautulli: Tautulli, key: string): object {
  const item = itemsOf(tautulli)[Number(key) - 1000];
  const title = item ? titleOf(tautulli.world.household.titles, item) : undefined;
  if (!item || !title) return {};
  return {
    rating_key: key,
    title: item.name,
    guids: [`imdb://${title.imdbId}`, `tmdb://${title.tmdbId}`, `tvdb://${title.tvdbId}`],
  };
}

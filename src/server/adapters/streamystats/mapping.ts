import type { Play } from '#features/library/server/ports.ts';
import type { ItemDetails } from './schemas.ts';

const toId = (id: string): string => id.replaceAll('-', '').toLowerCase();

/**
 * What it knows of one film or show: the newest plays one by one, and of everybody whose last play is older than those, that
 * last one. Of a show the latter does not say which episode it was.
 */
export function toPlays({ item, watchHistory, usersWatched }: ItemDetails): Play[] {
  const isShow = item.type === 'Series';
  const id = toId(item.id);
  const of = (episode: string | null | undefined): Omit<Play, 'user' | 'at' | 'seconds'> => ({
    kind: isShow ? 'episode' : 'film',
    mediaExternalId: isShow ? (episode ? toId(episode) : null) : id,
    showExternalId: isShow ? id : null,
    ids: { tmdb: null, tvdb: null, imdb: null },
    title: null,
    year: null,
    seasonNumber: null,
    episodeNumber: null,
  });
  const single = watchHistory.flatMap(({ session, user, watchDate, watchDuration }) =>
    watchDate
      ? [
          {
            ...of(session?.itemId),
            user: user?.name ?? session?.userName ?? UNKNOWN,
            at: watchDate,
            seconds: watchDuration ?? null,
          },
        ]
      : [],
  );
  const names = new Set(single.map(({ user }) => user));
  const older = usersWatched.flatMap(({ user, totalWatchTime, lastWatched }) =>
    lastWatched && !names.has(user?.name ?? UNKNOWN)
      ? [{ ...of(null), user: user?.name ?? UNKNOWN, at: lastWatched, seconds: totalWatchTime ?? null }]
      : [],
  );
  return [...single, ...older];
}

/** As it calls somebody who is gone itself. */
const UNKNOWN = 'Unknown User';

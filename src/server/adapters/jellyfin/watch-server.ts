import { z } from 'zod';
import { err, ok, type Result } from '#core/result.ts';
import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import type { ReadProblem } from '#features/library/core/source.ts';
import type { Batches, MediaUser, WatchServer } from '#features/library/server/ports.ts';
import type { Http } from '#server/platform/http.ts';
import { toReadProblem } from '../failures.ts';
import { ITEM_TYPES, isVirtual, toEntry, toId, toMark } from './mapping.ts';
import { readPages } from './pages.ts';
import { libraryItem, markedItem, session, user } from './schemas.ts';
import { openJellyfin, type Jellyfin } from './session.ts';

/** In the order of arrival, so that what comes during the read is added behind the last page. */
const EVERYTHING = {
  recursive: true,
  includeItemTypes: ITEM_TYPES,
  isMissing: false,
  collapseBoxSetItems: false,
  enableImages: false,
  sortBy: 'DateCreated,SortName',
  sortOrder: 'Ascending',
};

export function createJellyfinWatchServer(http: Http, target: ConnectionTarget): WatchServer {
  const jellyfin = openJellyfin(http, target);
  return {
    users: () => readUsers(jellyfin),
    playing: () => readPlaying(jellyfin),

    entries: () =>
      mapped(
        readPages(
          jellyfin,
          'items',
          { ...EVERYTHING, fields: 'ProviderIds,Path', enableUserData: false },
          libraryItem,
        ),
        toEntry,
      ),

    marks: (person) =>
      mapped(
        readPages(
          jellyfin,
          `users/${person.name}`,
          { ...EVERYTHING, userId: person.externalId, enableUserData: true },
          markedWithData,
        ),
        toMark,
      ),
  };
}

/** T-22: asked for a user, an item without the user's data is no answer; it must not read as "never watched". */
const markedWithData = markedItem.refine((item) => isVirtual(item) || item.UserData, { path: ['UserData'] });

async function* mapped<T, U>(pages: Batches<T>, change: (item: T) => U | null): Batches<U> {
  for (;;) {
    const next = await pages.next();
    if (next.done) return next.value;
    yield next.value.flatMap((item) => change(item) ?? []);
  }
}

async function readUsers(jellyfin: Jellyfin): Promise<Result<MediaUser[], ReadProblem>> {
  const users = await jellyfin.json({ path: 'Users' }, z.array(user));
  if (!users.ok) return err(toReadProblem(users.error, 'users'));
  const enabled = users.value.filter(({ Policy }) => Policy?.IsDisabled !== true);
  return ok(enabled.map(({ Id, Name }) => ({ externalId: toId(Id), name: Name })));
}

async function readPlaying(jellyfin: Jellyfin): ReturnType<WatchServer['playing']> {
  const sessions = await jellyfin.json({ path: 'Sessions' }, z.array(session));
  if (!sessions.ok) return err(toReadProblem(sessions.error, 'sessions'));
  return ok(
    sessions.value.flatMap(({ NowPlayingItem, UserName }) =>
      NowPlayingItem ? [{ mediaExternalId: toId(NowPlayingItem.Id), user: UserName ?? '' }] : [],
    ),
  );
}

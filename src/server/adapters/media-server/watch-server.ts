import { z } from 'zod';
import { err, ok, type Result } from '#core/result.ts';
import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import type { ReadProblem } from '#features/library/core/source.ts';
import type { Batches, MediaUser, WatchServer } from '#features/library/server/ports.ts';
import type { Http } from '#server/platform/http.ts';
import { toReadProblem } from '../failures.ts';
import type { Dialect } from './dialect.ts';
import { ITEM_TYPES, isVirtual, toEntry, toMark } from './mapping.ts';
import { arePagesSame, readPages, type List } from './pages.ts';
import { libraryItem, markedItem, session } from './schemas.ts';
import { openMediaServer, readUsers, type MediaServer } from './session.ts';

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

const FIELDS = { fields: 'ProviderIds,Path', enableUserData: false };

export function createWatchServer(http: Http, target: ConnectionTarget, dialect: Dialect): WatchServer {
  const server = openMediaServer(http, target, dialect);
  const everything: List = { what: 'items', path: 'Items', query: { ...EVERYTHING, ...FIELDS } };
  // An answer that does not tell what the user did must not read as "never watched" (T-22).
  const marked = markedItem.refine((item) => isVirtual(item) || dialect.isAnswer(item), {
    path: ['UserData'],
  });
  const listOf = ({ externalId, name }: MediaUser): List => {
    const { path, query } = dialect.itemsOf(externalId);
    const own = { ...EVERYTHING, ...query, ...dialect.fieldsOfMarks, enableUserData: true };
    return { what: `users/${name}`, path, query: own };
  };
  return {
    users: () => askUsers(server),
    playing: () => askPlaying(server),
    entries: (onPage) =>
      mapped(readPages(server, { ...everything, onPage }, libraryItem), (item) => toEntry(dialect, item)),
    areEntriesSame: (digests) => arePagesSame(server, everything, digests),

    marks: (user, onPage) =>
      mapped(readPages(server, { ...listOf(user), onPage }, marked), (item) => toMark(dialect, item)),
    areMarksSame: (user, digests) => arePagesSame(server, listOf(user), digests),
  };
}

async function* mapped<T, U>(pages: Batches<T>, change: (item: T) => U | null): Batches<U> {
  for (;;) {
    const next = await pages.next();
    if (next.done) return next.value;
    yield next.value.flatMap((item) => change(item) ?? []);
  }
}

async function askUsers(server: MediaServer): Promise<Result<MediaUser[], ReadProblem>> {
  const users = await readUsers(server);
  if (!users.ok) return err(toReadProblem(users.error, 'users'));
  const enabled = users.value.filter(({ Policy }) => Policy?.IsDisabled !== true);
  return ok(enabled.map(({ Id, Name }) => ({ externalId: server.dialect.toId(Id), name: Name })));
}

async function askPlaying(server: MediaServer): ReturnType<WatchServer['playing']> {
  const sessions = await server.json({ path: 'Sessions' }, z.array(session));
  if (!sessions.ok) return err(toReadProblem(sessions.error, 'sessions'));
  return ok(
    sessions.value.flatMap(({ NowPlayingItem, UserName }) =>
      NowPlayingItem
        ? [{ mediaExternalId: server.dialect.toId(NowPlayingItem.Id), user: UserName ?? '' }]
        : [],
    ),
  );
}

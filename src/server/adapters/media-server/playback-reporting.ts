import { z } from 'zod';
import { err, ok, type Result } from '#core/result.ts';
import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import type { Batches, Play, PlaySource } from '#features/library/server/ports.ts';
import type { Http } from '#server/platform/http.ts';
import { toReadProblem, type CallFailure } from '../failures.ts';
import type { Dialect } from './dialect.ts';
import { openMediaServer, readUsers, type MediaServer } from './session.ts';

const PAGE_SIZE = 5000;
const PAGE_TIMEOUT_MS = 120_000;
/** Farther west than any zone: a local time that nobody can place was at the latest so many hours later (J-39). */
const LATEST_HOURS = 12;

/** The names are the plug-in's, the misspelt one too; every cell is text. */
const answer = z.object({
  colums: z.array(z.string()),
  results: z.array(z.array(z.string().nullable())),
  message: z.string().nullish(),
});

/** The plug-in of Jellyfin and Emby that writes plays down. Where it is not installed there is nothing to know. */
export const createPlaybackReporting = (
  http: Http,
  target: ConnectionTarget,
  dialect: Dialect,
): PlaySource => ({
  tells: 'plug-in',
  plays: ({ since }) => readPlays(openMediaServer(http, target, dialect), since),
});

async function* readPlays(server: MediaServer, since: Date | null): Batches<Play> {
  let names: Result<ReadonlyMap<string, string>, CallFailure> | null = null;
  for (let before = Number.MAX_SAFE_INTEGER; ;) {
    const page = await readPage(server, before);
    if (!page.ok) return isAbsent(page.error) ? ok(undefined) : err(toReadProblem(page.error, 'plays'));
    names ??= await readNames(server);
    if (!names.ok) return err(toReadProblem(names.error, 'users'));
    const known = names.value;
    const plays = page.value.flatMap((row) => toPlay(row, server.dialect, known) ?? []);
    yield plays;
    const last = page.value.at(-1);
    if (!last || page.value.length < PAGE_SIZE || isBefore(plays.at(-1), since)) return ok(undefined);
    before = last.rowId;
  }
}

const isBefore = (play: Play | undefined, since: Date | null): boolean =>
  since !== null && play !== undefined && play.at < since;

/** It runs whatever SQL it is given, so this is all it is ever given: one constant question and one whole number. */
const question = (before: number): string =>
  `SELECT rowid, DateCreated, strftime('%Y-%m-%dT%H:%M:%SZ', DateCreated, 'utc'), UserId, ItemId, ItemType, ItemName, PlayDuration FROM PlaybackActivity WHERE rowid < ${Math.trunc(before)} ORDER BY rowid DESC LIMIT ${PAGE_SIZE}`;

type Row = {
  rowId: number;
  local: string;
  utc: string;
  userId: string;
  itemId: string;
  type: string;
  name: string;
  seconds: number;
};

async function readPage(server: MediaServer, before: number): Promise<Result<Row[], CallFailure>> {
  const told = await server.json(
    {
      method: 'POST',
      path: 'user_usage_stats/submit_custom_query',
      json: { CustomQueryString: question(before), ReplaceUserId: false },
      timeoutMs: PAGE_TIMEOUT_MS,
    },
    answer,
  );
  if (!told.ok) return told;
  // An error of SQL comes as an answer, with a page about it in the message.
  if (/error/i.test(told.value.message ?? ''))
    return err({ code: 'http.unexpected-shape', where: 'message: error' });
  const rows = told.value.results.map(rowOf);
  return rows.every(({ rowId }) => Number.isSafeInteger(rowId) && rowId < before)
    ? ok(rows)
    : err({ code: 'http.unexpected-shape', where: 'results: rowid' });
}

function rowOf(cells: readonly (string | null)[]): Row {
  const [rowId, local, utc, userId, itemId, type, name, seconds] = cells.map((cell) => cell ?? '');
  return {
    rowId: rowId === undefined || rowId === '' ? Number.NaN : Number(rowId),
    local: local ?? '',
    utc: utc ?? '',
    userId: userId ?? '',
    itemId: itemId ?? '',
    type: type ?? '',
    name: name ?? '',
    seconds: Number(seconds),
  };
}

/** The plug-in keeps people who were deleted, who then have no name. */
async function readNames(server: MediaServer): Promise<Result<ReadonlyMap<string, string>, CallFailure>> {
  const users = await readUsers(server);
  return users.ok ? ok(new Map(users.value.map(({ Id, Name }) => [plain(Id), Name]))) : users;
}

const plain = (id: string): string => id.replaceAll('-', '').toLowerCase();
const isAbsent = (failure: CallFailure): boolean => failure.code === 'http.status' && failure.status === 404;

/** "Severance - s02e03 - Who Is Alive?" */
const EPISODE = /^(.+) - s(\d+)e(\d+)\b/i;

function toPlay(row: Row, dialect: Dialect, names: ReadonlyMap<string, string>): Play | null {
  const at = momentOf(row);
  const subject = subjectOf(row);
  if (at === null || subject === null) return null;
  return {
    ...subject,
    mediaExternalId: row.itemId === '' ? null : dialect.toId(row.itemId),
    showExternalId: null,
    ids: { tmdb: null, tvdb: null, imdb: null },
    year: null,
    user: names.get(plain(row.userId)) ?? row.userId,
    at,
    seconds: Number.isFinite(row.seconds) ? row.seconds : null,
  };
}

/** Null for music, trailers and live television. */
function subjectOf({
  type,
  name,
}: Row): Pick<Play, 'kind' | 'title' | 'seasonNumber' | 'episodeNumber'> | null {
  if (type === 'Movie') return { kind: 'film', title: name || null, seasonNumber: null, episodeNumber: null };
  if (type !== 'Episode') return null;
  const [, title = null, season, episode] = EPISODE.exec(name) ?? [];
  return {
    kind: 'episode',
    title,
    seasonNumber: season === undefined ? null : Number(season),
    episodeNumber: episode === undefined ? null : Number(episode),
  };
}

/** The database can say what its local time was in the world's; where it cannot, the latest that it may have been. */
function momentOf({ utc, local }: Row): Date | null {
  const exact = new Date(utc);
  if (utc !== '' && !Number.isNaN(exact.getTime())) return exact;
  const guess = Date.parse(`${local.replace(' ', 'T').slice(0, 23)}Z`);
  return Number.isNaN(guess) ? null : new Date(guess + LATEST_HOURS * 3_600_000);
}

import { err, ok, type Result } from '#core/result.ts';
import { mapPath } from '../../core/paths.ts';
import { checkShrink, checkSurvivors } from '../../core/shrink.ts';
import type { ReadProblem, SyncProblem } from '../../core/source.ts';
import { isStandIn, type StandIns } from '../../core/stand-ins.ts';
import type { MediaEntry, MediaUser, UserMark, WatchServer } from '../ports.ts';
import type { MarkRead, MarkReadWriter, ShareRows } from '../store.ports.ts';
import type { ReadContext as CatalogueContext, SourceRead } from './catalogue.ts';
import type { From } from './catalogue-rows.ts';
import { counter, drain, eachOf, guard } from './drain.ts';

/** The second user is read while the first one's marks are written; more would keep a small media server from playing. */
const USERS_AT_ONCE = 2;

type ReadContext = CatalogueContext & { writer: MarkReadWriter };
export type MediaRead = SourceRead & { playing: string[]; users: string[] };

/** All of one media server, for every user, or nothing: a user left out would have watched nothing (T-22). */
export async function readMedia(
  server: WatchServer,
  context: ReadContext,
): Promise<Result<MediaRead, SyncProblem>> {
  const { writer, from, report } = context;
  const users = await guard('users', () => server.users());
  if (!users.ok) return users;
  // Also when it is the first time: without users nobody was asked.
  if (users.value.length === 0)
    return err({ code: 'sync.empty', had: await writer.had('marks', from.connectionId) });

  const entries = counter(report, 'media');
  let real = 0;
  const read = await drain('items', server.entries(), async (batch) => {
    const rows = batch.map((entry) => entryRow(from, entry, context.standIns));
    await writer.stage('entries', rows);
    // Links come and go every week: a library that shows fewer of them has not shrunk.
    real += rows.filter(({ linked }) => !linked).length;
    await entries.add(batch.length);
  });
  if (!read.ok) return read;
  const shrunk = await entriesShrunk(context, real);
  if (shrunk) return err(shrunk);
  const marks = await readMarks(server, users.value, context);
  if (!marks.ok) return marks;

  const playing = await guard('sessions', () => server.playing());
  if (!playing.ok) return playing;

  const ofEntries = await writer.merge('entries', from.connectionId);
  const ofMarks = await writer.merge('marks', from.connectionId);
  await writer.saveMarkReads(from.connectionId, marks.value);
  const changes = {
    added: ofEntries.added + ofMarks.added,
    changed: ofEntries.changed + ofMarks.changed,
    removed: ofEntries.removed + ofMarks.removed,
  };
  return ok({
    count: entries.done,
    changes,
    playing: playing.value.map((play) => play.mediaExternalId),
    users: users.value.map(({ name }) => name),
  });
}

async function entriesShrunk(
  { writer, from, acceptShrink, allowedPercent }: ReadContext,
  has: number,
): Promise<SyncProblem | null> {
  if (acceptShrink) return null;
  const had = await writer.had('entries', from.connectionId);
  const survived = await writer.survivors('entries', from.connectionId);
  return checkShrink({ had, has, allowedPercent }) ?? checkSurvivors({ had, has: survived, allowedPercent });
}

/**
 * What people did with what is still there does not vanish by itself: a media server that was built anew, a user who may
 * not see a library any more (T-23) or who was deleted would all read as "never watched". So a person looks at it first.
 */
async function readMarks(
  server: WatchServer,
  users: readonly MediaUser[],
  { writer, from, report, acceptShrink, allowedPercent }: ReadContext,
): Promise<Result<MarkRead[], SyncProblem>> {
  const before = await writer.marksPerUser(from.connectionId);
  const readBefore = new Map(
    (await writer.markReads(from.connectionId)).map((one) => [one.userExternalId, one]),
  );
  const reads: MarkRead[] = [];
  const done = counter(report, 'marks', users.length);
  let all = 0;

  async function readUser(user: MediaUser): Promise<Result<void, SyncProblem>> {
    const same = await sameAsBefore(server, user, readBefore.get(user.externalId));
    if (!same.ok) return same;
    const had = before.get(user.externalId) ?? { all: 0, there: 0 };
    const marks = same.value ? ok(had.all) : await readAnew(user);
    if (!marks.ok) return marks;
    if (same.value) {
      writer.keepMarks(user.externalId);
      reads.push(same.value);
    }
    all += marks.value;
    const lost = checkSurvivors({ had: had.there, has: marks.value, allowedPercent });
    if (lost && !acceptShrink) return err(lost);
    await done.add(1);
    return ok(undefined);
  }

  async function readAnew(user: MediaUser): Promise<Result<number, SyncProblem>> {
    let marks = 0;
    const digests: string[] = [];
    const list = server.marks(user, (digest) => void digests.push(digest));
    const told = await drain(`users/${user.name}`, list, async (batch) => {
      marks += batch.length;
      await writer.stage(
        'marks',
        batch.map((mark) => markRow(from, user, mark)),
      );
    });
    if (!told.ok) return told;
    reads.push({ userExternalId: user.externalId, userName: user.name, digests });
    return ok(marks);
  }

  const read = await eachOf(users, USERS_AT_ONCE, readUser);
  if (!read.ok) return read;
  const had = [...before.values()].reduce((sum, { there }) => sum + there, 0);
  const lost = checkSurvivors({ had, has: all, allowedPercent });
  return lost && !acceptShrink ? err(lost) : ok(reads);
}

/** The read of before, when its answer is still the same; null when the marks have to be read. */
async function sameAsBefore(
  server: WatchServer,
  user: MediaUser,
  before: MarkRead | undefined,
): Promise<Result<MarkRead | null, ReadProblem>> {
  if (!before || before.userName !== user.name) return ok(null);
  const same = await guard(`users/${user.name}`, () => server.areMarksSame(user, before.digests));
  if (!same.ok) return same;
  return ok(same.value ? before : null);
}

const entryRow = (
  { connectionId, pathMappings }: From,
  entry: MediaEntry,
  standIns: StandIns,
): ShareRows['entries'] => ({
  connectionId,
  externalId: entry.externalId,
  kind: entry.kind,
  title: entry.title,
  // Seasons and episodes are found through their show: their paths would be half of the table.
  ownPath:
    entry.path !== null && (entry.kind === 'film' || entry.kind === 'show')
      ? mapPath(entry.path, pathMappings)
      : null,
  tmdbId: entry.ids.tmdb,
  tvdbId: entry.ids.tvdb,
  imdbId: entry.ids.imdb,
  showExternalId: entry.showExternalId,
  seasonNumber: entry.seasonNumber,
  episodeNumber: entry.episodeNumber,
  lastEpisodeNumber: entry.lastEpisodeNumber ?? null,
  linked: isStandIn(entry.path === null ? null : mapPath(entry.path, pathMappings), standIns),
});

const markRow = ({ connectionId }: From, user: MediaUser, mark: UserMark): ShareRows['marks'] => ({
  connectionId,
  mediaExternalId: mark.mediaExternalId,
  userExternalId: user.externalId,
  userName: user.name,
  played: mark.played,
  playCount: mark.playCount,
  lastPlayedAt: mark.lastPlayedAt,
  favourite: mark.favourite,
  positionPercent: mark.positionPercent,
});

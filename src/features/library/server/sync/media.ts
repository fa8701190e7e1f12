import { err, ok, type Result } from '#core/result.ts';
import { checkSurvivors } from '../../core/shrink.ts';
import type { ReadProblem, SyncProblem } from '../../core/source.ts';
import type { MediaUser, UserMark, WatchServer } from '../ports.ts';
import type { ListRead, ShareRows } from '../store.ports.ts';
import type { SourceRead } from './catalogue.ts';
import type { From } from './catalogue-rows.ts';
import { counter, drain, eachOf, guard } from './drain.ts';
import { ENTRIES, entriesAsRead, readEntries, type ReadContext } from './entries.ts';

/** The second user is read while the first one's marks are written; more would keep a small media server from playing. */
const USERS_AT_ONCE = 2;

export type MediaRead = SourceRead & { playing: string[]; users: string[] };

/** All of one media server, for every user, or nothing: a user left out would have watched nothing (T-22). */
export async function readMedia(
  server: WatchServer,
  context: ReadContext,
): Promise<Result<MediaRead, SyncProblem>> {
  const { writer, from } = context;
  const users = await guard('users', () => server.users());
  if (!users.ok) return users;
  // Also when it is the first time: without users nobody was asked.
  if (users.value.length === 0)
    return err({ code: 'sync.empty', had: await writer.had('marks', from.connectionId) });

  const before = new Map((await writer.listReads(from.connectionId)).map((one) => [one.list, one]));
  const entries = await readEntries(server, context, before.get(ENTRIES));
  if (!entries.ok) return entries;
  const marks = await readMarks(server, users.value, context, before);
  if (!marks.ok) return marks;

  const playing = await guard('sessions', () => server.playing());
  if (!playing.ok) return playing;

  const ofEntries = await writer.merge('entries', from.connectionId);
  const ofMarks = await writer.merge('marks', from.connectionId);
  const read = await entriesAsRead(context, entries.value);
  await writer.saveListReads(from.connectionId, [read, ...marks.value]);
  const changes = {
    added: ofEntries.added + ofMarks.added,
    changed: ofEntries.changed + ofMarks.changed,
    removed: ofEntries.removed + ofMarks.removed,
  };
  return ok({
    count: entries.value.count,
    changes,
    playing: playing.value.map((play) => play.mediaExternalId),
    users: users.value.map(({ name }) => name),
  });
}

/**
 * What people did with what is still there does not vanish by itself: a media server that was built anew, a user who may
 * not see a library any more (T-23) or who was deleted would all read as "never watched". So a person looks at it first.
 */
async function readMarks(
  server: WatchServer,
  users: readonly MediaUser[],
  { writer, from, report, acceptShrink, allowedPercent }: ReadContext,
  readBefore: ReadonlyMap<string, ListRead>,
): Promise<Result<ListRead[], SyncProblem>> {
  const before = await writer.marksPerUser(from.connectionId);
  const reads: ListRead[] = [];
  const done = counter(report, 'marks', users.length);
  let all = 0;

  async function readUser(user: MediaUser): Promise<Result<void, SyncProblem>> {
    const same = await sameAsBefore(server, user, readBefore.get(listOf(user)));
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
    reads.push({ list: listOf(user), seenAs: user.name, digests });
    return ok(marks);
  }

  const read = await eachOf(users, USERS_AT_ONCE, readUser);
  if (!read.ok) return read;
  const had = [...before.values()].reduce((sum, { there }) => sum + there, 0);
  const lost = checkSurvivors({ had, has: all, allowedPercent });
  return lost && !acceptShrink ? err(lost) : ok(reads);
}

const listOf = (user: MediaUser): string => `marks/${user.externalId}`;

/** The read of before, when its answer is still the same; null when the marks have to be read. */
async function sameAsBefore(
  server: WatchServer,
  user: MediaUser,
  before: ListRead | undefined,
): Promise<Result<ListRead | null, ReadProblem>> {
  // The marks carry the name, so a new one reads them anew.
  if (before?.seenAs !== user.name) return ok(null);
  const same = await guard(`users/${user.name}`, () => server.areMarksSame(user, before.digests));
  if (!same.ok) return same;
  return ok(same.value ? before : null);
}

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

import { err, ok, type Result } from '#core/result.ts';
import { mapPath } from '../../core/paths.ts';
import { checkShrink } from '../../core/shrink.ts';
import type { SyncProblem } from '../../core/source.ts';
import type { MediaEntry, MediaUser, UserMark, WatchServer } from '../ports.ts';
import type { ShareRows } from '../store.ports.ts';
import type { ReadContext, SourceRead } from './catalogue.ts';
import type { From } from './catalogue-rows.ts';
import { counter, drain, guard } from './drain.ts';

export type MediaRead = SourceRead & { playing: string[] };

/** Fewer marks may all have been taken back by one person in one evening. */
const MARKS_WORTH_MISSING = 10;

/** All of one media server, for every user, or nothing: a user left out would have watched nothing (T-22). */
export async function readMedia(
  server: WatchServer,
  context: ReadContext,
): Promise<Result<MediaRead, SyncProblem>> {
  const { writer, from, report, acceptShrink, allowedPercent } = context;
  const users = await guard('users', () => server.users());
  if (!users.ok) return users;
  const marksBefore = await writer.marksPerUser(from.connectionId);
  // Also when it is the first time: without users nobody was asked.
  if (users.value.length === 0) return err({ code: 'sync.empty', had: marksBefore.size });

  const entries = counter(report, 'media');
  const read = await drain('items', server.entries(), async (batch) => {
    await writer.stage(
      'entries',
      batch.map((entry) => entryRow(from, entry)),
    );
    await entries.add(batch.length);
  });
  if (!read.ok) return read;
  const had = await writer.had('entries', from.connectionId);
  const shrunk = acceptShrink ? null : checkShrink({ had, has: entries.done, allowedPercent });
  if (shrunk) return err(shrunk);

  const done = counter(report, 'marks', users.value.length);
  for (const user of users.value) {
    let marks = 0;
    const told = await drain(`users/${user.name}`, server.marks(user), async (batch) => {
      marks += batch.length;
      await writer.stage(
        'marks',
        batch.map((mark) => markRow(from, user, mark)),
      );
    });
    if (!told.ok) return told;
    const before = marksBefore.get(user.externalId) ?? 0;
    if (!acceptShrink && marks === 0 && before >= MARKS_WORTH_MISSING)
      return err({ code: 'sync.empty', had: before });
    await done.add(1);
  }

  const playing = await guard('sessions', () => server.playing());
  if (!playing.ok) return playing;

  const ofEntries = await writer.merge('entries', from.connectionId);
  const ofMarks = await writer.merge('marks', from.connectionId);
  const changes = {
    added: ofEntries.added + ofMarks.added,
    changed: ofEntries.changed + ofMarks.changed,
    removed: ofEntries.removed + ofMarks.removed,
  };
  return ok({ count: entries.done, changes, playing: playing.value.map((play) => play.mediaExternalId) });
}

const entryRow = ({ connectionId, pathMappings }: From, entry: MediaEntry): ShareRows['entries'] => ({
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

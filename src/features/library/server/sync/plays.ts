import { err, ok, type Result } from '#core/result.ts';
import { addDays } from '#core/time-span.ts';
import { isPlay } from '../../core/plays.ts';
import type { SyncProblem } from '../../core/source.ts';
import type { PlayRead, PlayRow, PlayWriter } from '../plays.ports.ts';
import type { Play, PlaySource } from '../ports.ts';
import type { SourceRead } from './catalogue.ts';
import type { From } from './catalogue-rows.ts';
import { counter, drain, type Report } from './drain.ts';

/** A play source writes a play down when it ends, and clocks differ. */
const OVERLAP_DAYS = 1;
/** What somebody imported there lies far back, so everything is read again now and then. */
const WHOLE_EVERY_DAYS = 7;
/** Streamystats asks its media server on every call: a few hundred, one after the other, are a minute. */
const MOST_QUESTIONS = 300;
const ASK_AGAIN_AFTER_DAYS = 7;
/** Whoever watched last month keeps the title for now without being asked about. */
const OLD_AFTER_DAYS = 30;

export type PlayContext = {
  writer: PlayWriter;
  from: Pick<From, 'connectionId'>;
  /** The connection is the media server that the plays are of. */
  isOwnServer: boolean;
  report: Report;
  now: Date;
};

/** All plays that a source tells, or none; in both cases what it told before stays (J-33). */
export async function readPlays(
  source: PlaySource,
  context: PlayContext,
): Promise<Result<SourceRead, SyncProblem>> {
  const { writer, from, now } = context;
  const before = (await writer.playRead(from.connectionId)) ?? neverRead(from.connectionId);
  const isWhole = before.wholeAt === null || before.wholeAt < addDays(now, -WHOLE_EVERY_DAYS);
  const read = await takePlays(source, isWhole ? null : sinceOf(before), context);
  await writer.savePlayRead(
    read.ok
      ? { ...before, lastSuccessAt: now, wholeAt: isWhole ? now : before.wholeAt, problem: null }
      : { ...before, problem: read.error },
  );
  return read;
}

async function takePlays(
  source: PlaySource,
  since: Date | null,
  context: PlayContext,
): Promise<Result<SourceRead, SyncProblem>> {
  const { writer, from, report, now } = context;
  const { connectionId } = from;
  await writer.clearPlays();
  const titles = source.tells === 'titles' ? await titlesToAsk(context) : [];
  const told = counter(report, 'plays');
  const read = await drain('plays', source.plays({ since, titles }), async (batch) => {
    await writer.stagePlays(
      batch.filter(({ seconds }) => isPlay(seconds)).map((play) => rowOf(play, context)),
    );
    await told.add(batch.length);
  });
  if (!read.ok) return read;
  const had = await writer.hadPlays(connectionId);
  // Jellystat answers an error of its database with an empty list.
  if (source.tells !== 'titles' && told.done === 0 && had > 0) return err({ code: 'sync.empty', had });
  const changes = await writer.mergePlays(connectionId);
  await writer.noteAsked(connectionId, titles, now);
  return ok({ count: await writer.hadPlays(connectionId), changes });
}

const titlesToAsk = ({ writer, from, now }: PlayContext): Promise<string[]> =>
  writer.titlesToAsk(from.connectionId, {
    most: MOST_QUESTIONS,
    unwatchedSince: addDays(now, -OLD_AFTER_DAYS),
    notAskedSince: addDays(now, -ASK_AGAIN_AFTER_DAYS),
  });

const sinceOf = ({ lastSuccessAt }: PlayRead): Date | null =>
  lastSuccessAt === null ? null : addDays(lastSuccessAt, -OVERLAP_DAYS);

const neverRead = (connectionId: PlayRead['connectionId']): PlayRead => ({
  connectionId,
  lastSuccessAt: null,
  wholeAt: null,
  problem: null,
});

function rowOf(play: Play, { from, isOwnServer, now }: PlayContext): PlayRow {
  const { ids, user, at, seconds: _, title, ...rest } = play;
  return {
    ...rest,
    connectionId: from.connectionId,
    ofOwnServer: isOwnServer,
    part: clean(partOf(play)),
    userName: clean(user),
    title: title === null ? null : clean(title),
    tmdbId: ids.tmdb,
    tvdbId: ids.tvdb,
    imdbId: ids.imdb,
    // A clock over there that runs ahead would keep the title until that day comes.
    at: at > now ? now : at,
  };
}

const partOf = ({ mediaExternalId, showExternalId, kind, ids, title, year, ...of }: Play): string =>
  mediaExternalId ??
  [kind, showExternalId ?? ids.tvdb ?? ids.tmdb ?? ids.imdb ?? `${title ?? ''} ${year ?? ''}`]
    .concat(kind === 'film' ? [] : [of.seasonNumber ?? '', of.episodeNumber ?? ''])
    .join('/');

/** PostgreSQL takes every character but this one. */
const clean = (text: string): string => text.replaceAll('\0', '');

import { err, ok } from '#core/result.ts';
import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import type { Batches, Play, PlaySource } from '#features/library/server/ports.ts';
import type { Http } from '#server/platform/http.ts';
import { toReadProblem } from '../failures.ts';
import { toPlay } from './mapping.ts';
import { activityPage } from './schemas.ts';
import { openJellystat, type Jellystat } from './session.ts';

const PAGE_SIZE = 1000;
/** Before 1.1.7 the first page is all of them. */
const PAGE_TIMEOUT_MS = 120_000;

export const createJellystatPlays = (http: Http, target: ConnectionTarget): PlaySource => ({
  tells: 'list',
  plays: ({ since }) => readPlays(openJellystat(http, target), since),
});

/**
 * The raw rows, newest first, until they are old enough. What is played meanwhile moves the pages, so that a row comes twice
 * and none is missed; a page that is shorter than it should be is none.
 */
async function* readPlays(jellystat: Jellystat, since: Date | null): Batches<Play> {
  for (let page = 1; ; page += 1) {
    const query = { size: PAGE_SIZE, page, sort: 'ActivityDateInserted', desc: true };
    const answer = await jellystat.json(
      { path: 'stats/getPlaybackActivity', query, timeoutMs: PAGE_TIMEOUT_MS },
      activityPage,
    );
    if (!answer.ok) return err(toReadProblem(answer.error, 'plays'));
    const { results, pages } = answer.value;
    const isLast = page >= (pages ?? 1);
    if (!isLast && results.length < PAGE_SIZE)
      return err({ code: 'read.short', what: 'plays', expected: PAGE_SIZE, got: results.length });
    const plays = results.flatMap((row) => toPlay(row) ?? []);
    yield plays;
    if (isLast || isBefore(plays.at(-1), since)) return ok(undefined);
  }
}

const isBefore = (play: Play | undefined, since: Date | null): boolean =>
  since !== null && play !== undefined && play.at < since;

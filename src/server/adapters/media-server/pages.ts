import type { z } from 'zod';
import { err, ok } from '#core/result.ts';
import type { ReadProblem } from '#features/library/core/source.ts';
import type { Batches } from '#features/library/server/ports.ts';
import { toReadProblem } from '../failures.ts';
import type { Query } from './dialect.ts';
import { pageOf } from './schemas.ts';
import type { MediaServer } from './session.ts';

const PAGE_SIZE = 1000;
const PAGE_TIMEOUT_MS = 120_000;
/** The server makes the next page while we take one; more would stand in our memory. */
const PAGES_AHEAD = 1;

export type List = { what: string; path: string; query: Query };

/**
 * A list, all pages or a failure (T-29). A page that is shorter than it should be, a total that changes on the way and an
 * item that comes twice all mean that something else may be missing, and what is missing would look unwatched.
 */
export async function* readPages<T extends { Id: string }>(
  server: MediaServer,
  { what, path, query }: List,
  item: z.ZodType<T>,
): Batches<T> {
  const schema = pageOf(item);
  const ask = (startIndex: number) =>
    server.json(
      { path, query: { ...query, startIndex, limit: PAGE_SIZE }, timeoutMs: PAGE_TIMEOUT_MS },
      schema,
    );
  const seen = new Set<string>();
  const asked = [ask(0)];
  let total: number | null = null;
  for (let pages = 1; ; pages += 1) {
    const answer = await asked.shift();
    if (!answer) return ok(undefined);
    if (!answer.ok) return err(toReadProblem(answer.error, what));
    const { Items, TotalRecordCount } = answer.value;
    total ??= TotalRecordCount;
    const expected = Math.min(total, pages * PAGE_SIZE);
    for (const { Id } of Items) seen.add(Id);
    if (seen.size !== expected || TotalRecordCount !== total)
      return err(short(what, Math.max(total, TotalRecordCount), seen.size));
    for (let next = pages + asked.length; asked.length < PAGES_AHEAD && next * PAGE_SIZE < total; next += 1)
      asked.push(ask(next * PAGE_SIZE));
    yield Items;
  }
}

const short = (what: string, expected: number, got: number): ReadProblem => ({
  code: 'read.short',
  what,
  expected,
  got,
});

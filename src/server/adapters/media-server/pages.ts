import type { z } from 'zod';
import { err, ok, type Result } from '#core/result.ts';
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

export type List = {
  what: string;
  path: string;
  query: Query;
  /** Hears the digest of each page. */
  onPage?: ((digest: string) => void) | undefined;
};

/** Raise it when a page is understood in another way: then what was read by the old one is read again. */
const UNDERSTANDING = '1:';

const callOf = ({ path, query }: List, page: number) => ({
  path,
  query: { ...query, startIndex: page * PAGE_SIZE, limit: PAGE_SIZE },
  timeoutMs: PAGE_TIMEOUT_MS,
});

/**
 * A list, all pages or a failure (T-29). A page that is shorter than it should be, a total that changes on the way and an
 * item that comes twice all mean that something else may be missing, and what is missing would look unwatched.
 */
export async function* readPages<T extends { Id: string }>(
  server: MediaServer,
  list: List,
  item: z.ZodType<T>,
): Batches<T> {
  const { what, onPage } = list;
  const schema = pageOf(item);
  const ask = (page: number) => server.digested(callOf(list, page), schema);
  const seen = new Set<string>();
  const asked = [ask(0)];
  let total: number | null = null;
  for (let pages = 1; ; pages += 1) {
    const answer = await asked.shift();
    if (!answer) return ok(undefined);
    if (!answer.ok) return err(toReadProblem(answer.error, what));
    const { digest, value } = answer.value;
    const { Items, TotalRecordCount } = value;
    onPage?.(UNDERSTANDING + digest);
    total ??= TotalRecordCount;
    const expected = Math.min(total, pages * PAGE_SIZE);
    for (const { Id } of Items) seen.add(Id);
    if (seen.size !== expected || TotalRecordCount !== total)
      return err(short(what, Math.max(total, TotalRecordCount), seen.size));
    for (let next = pages + asked.length; asked.length < PAGES_AHEAD && next * PAGE_SIZE < total; next += 1)
      asked.push(ask(next));
    yield Items;
  }
}

const short = (what: string, expected: number, got: number): ReadProblem => ({
  code: 'read.short',
  what,
  expected,
  got,
});

/**
 * Whether every page of a list is byte for byte what it was; each holds the total, so no other page can have come. A list
 * of which nothing is to be read again costs its transfer and no more. The first page that differs ends it.
 */
export async function arePagesSame(
  server: MediaServer,
  list: List,
  digests: readonly string[],
): Promise<Result<boolean, ReadProblem>> {
  if (digests.length === 0 || digests.some((digest) => !digest.startsWith(UNDERSTANDING))) return ok(false);
  const ask = (page: number) => server.digest(callOf(list, page));
  let coming = ask(0);
  for (const [page, before] of digests.entries()) {
    const answer = await coming;
    if (!answer.ok) return err(toReadProblem(answer.error, list.what));
    if (UNDERSTANDING + answer.value !== before) return ok(false);
    if (page + 1 < digests.length) coming = ask(page + 1);
  }
  return ok(true);
}

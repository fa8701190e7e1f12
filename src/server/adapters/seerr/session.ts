import { err, ok, type Result } from '#core/result.ts';
import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import type { ReadProblem } from '#features/library/core/source.ts';
import type { Batches } from '#features/library/server/ports.ts';
import type { Http, HttpClient } from '#server/platform/http.ts';
import { toReadProblem } from '../failures.ts';
import { requestPage, type Request } from './schemas.ts';

export const clientFor = (http: Http, target: ConnectionTarget): HttpClient =>
  http.at({ url: `${target.url}/api/v1`, headers: { 'X-Api-Key': target.key }, secrets: [target.key] });

const PAGE_SIZE = 100;
/** It asks every Radarr and Sonarr of its own while answering, and waits for the one that is down. */
const PAGE_TIMEOUT_MS = 120_000;

/**
 * Every request, all pages or a failure; `pageInfo` is what proves that this is a request server. Only parameters that
 * Overseerr knows too: an unknown one is refused with 400. Newest first, so what comes meanwhile shifts the pages and
 * shows as a request that comes twice.
 */
export async function* readRequests(client: HttpClient): Batches<Request> {
  const seen = new Set<number>();
  for (let total: number | null = null; ;) {
    const query = { take: PAGE_SIZE, skip: seen.size, sort: 'added', filter: 'all' };
    const page = await client.json({ path: 'request', query, timeoutMs: PAGE_TIMEOUT_MS }, requestPage);
    if (!page.ok) return err(toReadProblem(page.error, 'requests'));
    const { results, pageInfo } = page.value;
    total ??= pageInfo.results;
    const expected = Math.min(total, seen.size + PAGE_SIZE);
    for (const { id } of results) seen.add(id);
    if (seen.size !== expected || pageInfo.results !== total) return err(short(total, seen.size));
    yield results;
    if (seen.size >= total) return ok(undefined);
  }
}

const short = (expected: number, got: number): ReadProblem => ({
  code: 'read.short',
  what: 'requests',
  expected,
  got,
});

/** All of them at once, for the few that a removal looks for (T-41: one read per run, not one per title). */
export async function collectRequests(client: HttpClient): Promise<Result<Request[], ReadProblem>> {
  const all: Request[] = [];
  const pages = readRequests(client);
  for (;;) {
    const next = await pages.next();
    if (next.done) return next.value.ok ? ok(all) : next.value;
    all.push(...next.value);
  }
}

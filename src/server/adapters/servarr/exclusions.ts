import { z } from 'zod';
import { ok, type Result } from '#core/result.ts';
import { isOwnNotFound, type CallFailure } from '../failures.ts';
import type { Servarr } from './session.ts';

const PAGE_SIZE = 1000;

/** The list without pages is deprecated in both programs, so the pages are read. */
export async function findExclusions<T extends { id: number }>(
  servarr: Servarr,
  path: string,
  { record, isWanted }: { record: z.ZodType<T>; isWanted: (one: T) => boolean },
): Promise<Result<number[], CallFailure>> {
  const found: number[] = [];
  for (let page = 1, got = 0; ; page += 1) {
    const query = { page, pageSize: PAGE_SIZE, sortKey: 'id', sortDirection: 'ascending' };
    const schema = z.object({ totalRecords: z.number().int(), records: z.array(record) });
    const answer = await servarr.json({ path: `${path}/paged`, query }, schema);
    if (!answer.ok) return answer;
    const { records, totalRecords } = answer.value;
    found.push(...records.filter(isWanted).map(({ id }) => id));
    got += records.length;
    if (got >= totalRecords || records.length === 0) return ok(found);
  }
}

/** Gone already is as good. */
export async function removeExclusions(
  servarr: Servarr,
  path: string,
  ids: readonly number[],
): Promise<Result<void, CallFailure>> {
  for (const id of ids) {
    const gone = await servarr.send({ method: 'DELETE', path: `${path}/${id}` });
    if (!gone.ok && !isOwnNotFound(gone.error)) return gone;
  }
  return ok(undefined);
}

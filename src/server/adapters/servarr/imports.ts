import { z } from 'zod';
import { err, ok } from '#core/result.ts';
import type { Batches, ImportEvent } from '#features/library/server/ports.ts';
import { toReadProblem } from '../failures.ts';
import type { Servarr } from './session.ts';

const PAGE_SIZE = 1000;
/** `downloadFolderImported` has this number in both programs' queries; answers carry the word. */
const IMPORTED_NUMBER = 3;
const IMPORTED = 'downloadFolderImported';

type Shape<T> = {
  record: z.ZodType<T>;
  toEvent: (record: T) => ImportEvent | null;
  query?: Record<string, boolean>;
};

const page = <T>(record: z.ZodType<T>) =>
  z.object({ totalRecords: z.number().int(), records: z.array(record) });

/** Finished imports: all of them page by page, or those since a moment as one list. */
export async function* readImports<T extends { eventType: string }>(
  servarr: Servarr,
  since: Date | null,
  shape: Shape<T>,
): Batches<ImportEvent> {
  const who = await servarr.ready();
  if (!who.ok) return err(toReadProblem(who.error, 'history'));
  return yield* since ? importsSince(servarr, since, shape) : allImports(servarr, shape);
}

const eventsOf = <T extends { eventType: string }>(records: readonly T[], shape: Shape<T>): ImportEvent[] =>
  // Asked for by number, and checked by word: an unknown query value would bring every event (J-74).
  records.flatMap((record) => (record.eventType === IMPORTED ? (shape.toEvent(record) ?? []) : []));

async function* importsSince<T extends { eventType: string }>(
  servarr: Servarr,
  since: Date,
  shape: Shape<T>,
): Batches<ImportEvent> {
  const query = { ...shape.query, date: since.toISOString(), eventType: IMPORTED };
  const lists = servarr.client.elements({ path: 'history/since', query, timeoutMs: 60_000 }, shape.record);
  for (;;) {
    const next = await lists.next();
    if (next.done) return next.value.ok ? next.value : err(toReadProblem(next.value.error, 'history'));
    yield eventsOf(next.value, shape);
  }
}

/** Oldest first, so that what comes meanwhile is added behind the last page and shifts nothing. */
async function* allImports<T extends { eventType: string }>(
  servarr: Servarr,
  shape: Shape<T>,
): Batches<ImportEvent> {
  for (let number = 1, got = 0; ; number += 1) {
    const query = {
      ...shape.query,
      page: number,
      pageSize: PAGE_SIZE,
      sortKey: 'date',
      sortDirection: 'ascending',
      eventType: IMPORTED_NUMBER,
    };
    const answer = await servarr.client.json(
      { path: 'history', query, timeoutMs: 60_000 },
      page(shape.record),
    );
    if (!answer.ok) return err(toReadProblem(answer.error, 'history'));
    const { records, totalRecords } = answer.value;
    got += records.length;
    if (got < Math.min(totalRecords, number * PAGE_SIZE)) {
      return err({ code: 'read.short', what: 'history', expected: totalRecords, got });
    }
    yield eventsOf(records, shape);
    if (got >= totalRecords) return ok(undefined);
  }
}

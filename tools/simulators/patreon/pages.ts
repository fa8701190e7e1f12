import type { Call } from '../http.ts';
import { readCursor, writeCursor } from './cursors.ts';
import type { Patreon } from './house.ts';
import { problem } from './problems.ts';
import type { Reply } from '../http.ts';

const DEFAULT_COUNT = 20;
const MOST = 100;

export type Page<T> = {
  items: readonly T[];
  links: Record<string, unknown>;
  cursors: { next: string | null };
};
export type Paged<T> = { page: Page<T> } | { refused: Reply };

const empty = { links: {}, cursors: { next: null } };

/**
 * One page of a list. The cursor names the last thing that was shown, so what is published meanwhile shifts nothing;
 * `resume` finds the place when that thing is gone.
 */
export function pageOf<T extends { id: string }>(
  house: Patreon,
  call: Call,
  items: readonly T[],
  resume: (items: readonly T[], after: string) => number = () => items.length,
): Paged<T> {
  const cursor = readCursor(house, call.query.get('page[cursor]'));
  if (cursor.state === 'forged')
    return { refused: problem(400, 'Invalid value for parameter page[cursor].') };
  if (cursor.state === 'dead') {
    if (house.settings.deadCursor === 'error') return { refused: problem(400, 'Expired cursor.') };
    return { page: { items: [], ...empty } };
  }
  const asked = Number(call.query.get('page[count]') ?? call.query.get('page[size]') ?? DEFAULT_COUNT);
  if (!Number.isInteger(asked) || asked < 1)
    return { refused: problem(400, 'Invalid value for parameter page[count].') };
  const start = cursor.state === 'first' ? 0 : placeAfter(items, cursor.after, resume);
  const shown = items.slice(start, start + Math.min(asked, MOST));
  const last = shown.at(-1);
  if (!last || start + shown.length >= items.length) return { page: { items: shown, ...empty } };
  const next = writeCursor(house, last.id);
  const query = new URLSearchParams(call.query);
  query.set('page[cursor]', next);
  return {
    page: {
      items: shown,
      links: { links: { next: `${house.at.site}${call.path}?${query.toString()}` } },
      cursors: { next },
    },
  };
}

function placeAfter<T extends { id: string }>(
  items: readonly T[],
  after: string,
  resume: (items: readonly T[], after: string) => number,
): number {
  const at = items.findIndex(({ id }) => id === after);
  return at >= 0 ? at + 1 : resume(items, after);
}

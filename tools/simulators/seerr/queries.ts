import { json, type Call, type Handler, type Reply } from '../http.ts';
import type { Flavour } from './house.ts';

/** Refuses what the description does not name, as the validator in front of Seerr does. */
export function strict(allowed: readonly string[], handler: Handler): Handler {
  return (call) => {
    const unknown = [...call.query.keys()].find((name) => !allowed.includes(name));
    if (unknown === undefined) return handler(call);
    const message = `Unknown query parameter '${unknown}'`;
    return json(400, { message, errors: [{ path: `/query/${unknown}`, message }] });
  };
}

export const requestQuery = (flavour: Flavour): string[] =>
  flavour === 'overseerr'
    ? ['take', 'skip', 'filter', 'sort', 'requestedBy']
    : ['take', 'skip', 'filter', 'sort', 'sortDirection', 'requestedBy', 'mediaType'];

export const userQuery = (flavour: Flavour): string[] =>
  flavour === 'seerr' ? ['take', 'skip', 'sort', 'q', 'includeIds'] : ['take', 'skip', 'sort'];

/** `{pageInfo, results}`; ten to a page, twenty media, unless asked otherwise. */
export function page<Row>(
  call: Call,
  rows: readonly Row[],
  defaultTake: number,
  write: (row: Row) => unknown,
): Reply {
  const take = Number(call.query.get('take') ?? defaultTake);
  const skip = Number(call.query.get('skip') ?? 0);
  return json(200, {
    pageInfo: {
      pages: Math.ceil(rows.length / take),
      pageSize: take,
      results: rows.length,
      page: Math.ceil(skip / take) + 1,
    },
    results: rows.slice(skip, skip + take).map(write),
  });
}

import { json, type Call, type Handler, type Reply } from '../http.ts';
import type { SeerrProduct } from './house.ts';

/** A name, or a name with the only values that it may have. */
type Allowed = string | readonly [name: string, values: readonly string[]];

/** Refuses what the description does not name, as the validator in front of Seerr does. */
export function strict(allowed: readonly Allowed[], handler: Handler): Handler {
  const known = new Map(allowed.map((one) => (typeof one === 'string' ? [one, null] : one)));
  return (call) => {
    for (const [name, value] of call.query) {
      const values = known.get(name);
      if (values === undefined) return refused(name, `Unknown query parameter '${name}'`);
      if (values && !values.includes(value))
        return refused(name, `request/query/${name} must be equal to one of the allowed values`);
    }
    return handler(call);
  };
}

const refused = (name: string, message: string): Reply =>
  json(400, { message, errors: [{ path: `/query/${name}`, message }] });

const requestFilters = ['all', 'approved', 'available', 'pending', 'processing', 'unavailable', 'failed'];
const requestSorts = ['sort', ['added', 'modified']] as const;

export const requestQuery = (product: SeerrProduct): Allowed[] =>
  product === 'overseerr'
    ? ['take', 'skip', ['filter', requestFilters], requestSorts, 'requestedBy']
    : [
        'take',
        'skip',
        ['filter', [...requestFilters, 'deleted', 'completed']],
        requestSorts,
        ['sortDirection', ['asc', 'desc']],
        'requestedBy',
        ['mediaType', ['movie', 'tv', 'all']],
      ];

const mediaFilters = ['all', 'available', 'partial', 'allavailable', 'processing', 'pending'];

export const mediaQuery = (product: SeerrProduct): Allowed[] => [
  'take',
  'skip',
  ['filter', product === 'overseerr' ? mediaFilters : [...mediaFilters, 'deleted']],
  ['sort', ['added', 'modified', 'mediaAdded']],
];

export const userQuery = (product: SeerrProduct): Allowed[] =>
  product === 'overseerr' ? ['take', 'skip', 'sort'] : ['take', 'skip', 'sort', 'q', 'includeIds'];

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

import { jsonText, type Call, type Reply } from '../http.ts';

type Paged<Row> = {
  call: Call;
  rows: readonly Row[];
  defaultSortKey: string;
  /** What to sort by, per key a client may ask for. The default order of `rows` is kept for any other. */
  keys: Record<string, (row: Row) => string | number>;
  write: (row: Row) => unknown;
};

/** `{page, pageSize, sortKey, sortDirection, totalRecords, records}`; ten to a page unless asked otherwise. */
export function paged<Row>({ call, rows, defaultSortKey, keys, write }: Paged<Row>): Reply {
  const page = Math.max(1, Number(call.query.get('page') ?? 1));
  const pageSize = Math.max(1, Number(call.query.get('pageSize') ?? 10));
  const sortKey = call.query.get('sortKey') ?? defaultSortKey;
  const sortDirection = call.query.get('sortDirection') === 'ascending' ? 'ascending' : 'descending';
  const key = keys[sortKey];
  const sorted = key ? sortBy(rows, key, sortDirection === 'ascending') : rows;
  const records = sorted.slice((page - 1) * pageSize, page * pageSize).map(write);
  return jsonText(
    200,
    JSON.stringify({ page, pageSize, sortKey, sortDirection, totalRecords: rows.length, records }),
  );
}

export function sortBy<Row>(
  rows: readonly Row[],
  key: (row: Row) => string | number,
  ascending: boolean,
): Row[] {
  const sign = ascending ? 1 : -1;
  return [...rows].sort((a, b) => {
    const one = key(a);
    const other = key(b);
    return one < other ? -sign : one > other ? sign : 0;
  });
}

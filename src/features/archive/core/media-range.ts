/** Both ends included. */
export type Range = { first: number; last: number };

export type Ranges =
  /** No ranges, or in a form that is to be ignored. */
  | { is: 'whole' }
  | { is: 'parts'; parts: readonly Range[] }
  /** None of them lies within the file. */
  | { is: 'outside' };

/** More than this in one request is nobody's player. The whole file is a right answer to any of them. */
const MOST_RANGES = 16;

/** The header `Range` against a file of this size (RFC 9110, 14.1.2). What overlaps or touches becomes one part. */
export function rangesOf(header: string | null, sizeBytes: number): Ranges {
  const [, list] = /^\s*bytes\s*=(.*)$/i.exec(header ?? '') ?? [];
  if (list === undefined) return { is: 'whole' };
  const wishes = list
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  if (wishes.length === 0 || wishes.length > MOST_RANGES) return { is: 'whole' };
  const read = wishes.map((wish) => rangeOf(wish, sizeBytes));
  if (read.includes('malformed')) return { is: 'whole' };
  const parts = joined(read.filter((one) => typeof one === 'object'));
  return parts.length === 0 ? { is: 'outside' } : { is: 'parts', parts };
}

function rangeOf(wish: string, sizeBytes: number): Range | 'malformed' | 'outside' {
  const [, from = '', to = ''] = /^(\d{0,15})-(\d{0,15})$/.exec(wish) ?? [];
  if (from === '' && to === '') return 'malformed';
  if (from === '') {
    const length = Math.min(Number(to), sizeBytes);
    return length === 0 ? 'outside' : { first: sizeBytes - length, last: sizeBytes - 1 };
  }
  const first = Number(from);
  const last = to === '' ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1);
  if (to !== '' && Number(to) < first) return 'malformed';
  return first >= sizeBytes ? 'outside' : { first, last };
}

/** In the order of the file: a request for the same bytes a hundred times is answered once. */
function joined(parts: readonly Range[]): Range[] {
  const inOrder = parts.toSorted((one, other) => one.first - other.first);
  return inOrder.reduce<Range[]>((done, part) => {
    const before = done.at(-1);
    if (!before || part.first > before.last + 1) return [...done, part];
    return [...done.slice(0, -1), { first: before.first, last: Math.max(before.last, part.last) }];
  }, []);
}

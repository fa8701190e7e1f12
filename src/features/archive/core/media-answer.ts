import { rangesOf, type Range } from './media-range.ts';

/** The headers of a request that decide what is sent of a file. */
export type Conditions = {
  range: string | null;
  ifRange: string | null;
  ifMatch: string | null;
  ifNoneMatch: string | null;
};

export type ServedFile = { etag: string; sizeBytes: number };

export type FileAnswer =
  | { status: 200 }
  | { status: 206; parts: readonly [Range, ...Range[]] }
  | { status: 304 }
  | { status: 412 }
  | { status: 416 };

/**
 * RFC 9110, 13.2.2. Files never change under their address, so dates say nothing: a condition by date alone is ignored,
 * and a part asked for on the condition of one is sent as the whole.
 */
export function answerTo(asked: Conditions, { etag, sizeBytes }: ServedFile): FileAnswer {
  if (asked.ifMatch !== null && !names(asked.ifMatch, etag, 'strong')) return { status: 412 };
  if (asked.ifNoneMatch !== null && names(asked.ifNoneMatch, etag, 'weak')) return { status: 304 };
  if (asked.ifRange !== null && asked.ifRange.trim() !== etag) return { status: 200 };
  const ranges = rangesOf(asked.range, sizeBytes);
  if (ranges.is === 'whole') return { status: 200 };
  const [first, ...rest] = ranges.is === 'parts' ? ranges.parts : [];
  return first ? { status: 206, parts: [first, ...rest] } : { status: 416 };
}

/** Whether a list of tags, or `*`, has this one. A weak tag is only as good as another where that is enough. */
function names(list: string, etag: string, how: 'strong' | 'weak'): boolean {
  if (list.trim() === '*') return true;
  const tags = list.match(/(?:W\/)?"[^"]*"/g) ?? [];
  return tags.some((tag) => tag === etag || (how === 'weak' && tag === `W/${etag}`));
}

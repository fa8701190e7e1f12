import { err, ok, type Result } from '#core/result.ts';
import type { SourceProblem } from '#features/archive/core/source-problem.ts';
import { fieldsIn, listIn, numberIn, textIn, type Fields } from '../shared/fields.ts';
import type { PatreonClient, Query } from './client.ts';

/** So many lists have no end, or go round. */
const MOST_PAGES = 2000;

/** What turns a question into the one for the next page; both ways of saying it are in use, and some lists have only one. */
export function nextPage(answer: Fields): Query | null {
  const pagination = fieldsIn(fieldsIn(answer, 'meta'), 'pagination');
  const cursor = textIn(fieldsIn(pagination, 'cursors'), 'next');
  if (cursor !== null) return { 'page[cursor]': cursor };
  const url = URL.parse(textIn(fieldsIn(answer, 'links'), 'next') ?? '', 'https://www.patreon.com/');
  const parameters = [...(url?.searchParams ?? [])].filter(([name]) =>
    /^page\[(cursor|offset)\]$/.test(name),
  );
  return parameters.length === 0 ? null : Object.fromEntries(parameters);
}

/** What the source says there are, which may be more than it lists. */
export function totalOf(answer: Fields): number | null {
  const meta = fieldsIn(answer, 'meta');
  return numberIn(fieldsIn(meta, 'pagination'), 'total') ?? numberIn(meta, 'count');
}

/** A list whose pages follow within seconds, so that no cursor dies. */
export async function askAll(
  client: Pick<PatreonClient, 'ask'>,
  { path, query }: { path: string; query: Query },
  signal: AbortSignal,
): Promise<Result<readonly Fields[], SourceProblem>> {
  const pages: Fields[] = [];
  let next: Query | null = {};
  while (next) {
    if (pages.length >= MOST_PAGES)
      return err({ code: 'source.bad-answer', reason: 'A list without an end' });
    const answer: Awaited<ReturnType<PatreonClient['ask']>> = await client.ask(
      path,
      { ...query, ...next },
      signal,
    );
    if (!answer.ok) return answer;
    const { fields } = answer.value;
    pages.push(fields);
    next = listIn(fields, 'data').length === 0 ? null : nextPage(fields);
  }
  return ok(pages);
}

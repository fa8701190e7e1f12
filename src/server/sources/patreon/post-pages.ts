import { err, ok, type Result } from '#core/result.ts';
import type { SourceProblem } from '#features/archive/core/source-problem.ts';
import type { PostPage, RawPost } from '#features/archive/server/ports.ts';
import { listIn, type Fields } from '../shared/fields.ts';
import type { Asked, Query } from './client.ts';
import { split } from './document.ts';
import { nextPage, totalOf } from './pages.ts';

type Ask = (page: Query) => Promise<Result<Asked, SourceProblem>>;

const FIRST: Query = {};

/**
 * The posts of a creator, newest first. A cursor dies half an hour after it was given out, with a refusal or with a page that
 * has nothing on it: then the list is read from its beginning once more, and what was given out already is left out. A
 * new beginning that brings nothing new was the last one.
 */
export async function* postPages(ask: Ask): AsyncGenerator<Result<PostPage, SourceProblem>> {
  const seen = new Set<string>();
  let asked = new Set<string>();
  let beganInVain = false;
  let page: Query | null = FIRST;
  while (page) {
    const answer: Result<Asked, SourceProblem> = await ask(page);
    const isDead: boolean = page !== FIRST && hasDied(answer);
    if (isDead && !beganInVain) {
      beganInVain = true;
      asked = new Set();
      page = FIRST;
      continue;
    }
    if (!answer.ok) yield answer;
    if (!answer.ok || isDead) return;
    const posts = take(answer.value.fields, seen);
    if (posts.length > 0) beganInVain = false;
    if (posts.length > 0 || seen.size === 0) yield ok({ posts, total: totalOf(answer.value.fields) });
    page = nextPage(answer.value.fields);
    const cursor = JSON.stringify(page);
    if (asked.has(cursor)) {
      yield err({ code: 'source.bad-answer', reason: 'A list that goes round' });
      return;
    }
    asked.add(cursor);
  }
}

/** A page that was promised and has nothing on it is as dead as one that is refused. */
const hasDied = (answer: Result<Asked, SourceProblem>): boolean =>
  answer.ok ? listIn(answer.value.fields, 'data').length === 0 : answer.error.code === 'source.bad-request';

/** Those that were not given out yet. */
function take(fields: Fields, seen: Set<string>): RawPost[] {
  const posts = split(fields)
    .map(({ resource, document }) => ({ externalId: resource.id, raw: document }))
    .filter(({ externalId }) => !seen.has(externalId));
  for (const { externalId } of posts) seen.add(externalId);
  return posts;
}

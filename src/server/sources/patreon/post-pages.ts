import { err, ok, type Result } from '#core/result.ts';
import type { SourceProblem } from '#features/archive/core/source-problem.ts';
import type { PostPage, RawPost } from '#features/archive/server/ports.ts';
import { listIn, type Fields } from '../shared/fields.ts';
import type { Asked, Query } from './client.ts';
import { split } from './document.ts';
import { nextPage, totalOf } from './pages.ts';

type Answer = Result<Asked, SourceProblem>;

const FIRST: Query = {};

/**
 * The posts of a creator, newest first. A cursor dies half an hour after it was given out, with a refusal or with a page that
 * has nothing on it: then the list is read from its beginning once more, and what was given out already is left out. A
 * new beginning that brings nothing new was the last one.
 */
export async function* postPages(
  ask: (page: Query) => Promise<Answer>,
): AsyncGenerator<Result<PostPage, SourceProblem>> {
  const seen = new Set<string>();
  let asked = new Set<string>();
  let beganInVain = false;
  let page: Query | null = FIRST;
  while (page) {
    const answer: Answer = await ask(page);
    const isDead: boolean = page !== FIRST && hasDied(answer);
    if (isDead && !beganInVain) {
      beganInVain = true;
      asked = new Set();
      page = FIRST;
      continue;
    }
    const { shown, next } = look(answer, { seen, asked });
    if (isDead && answer.ok) return;
    if (shown) yield shown;
    if (shown?.ok) beganInVain = false;
    page = next;
  }
}

type Look = { shown: Result<PostPage, SourceProblem> | null; next: Query | null };

/** What is to be given out of an answer, and how the list goes on. */
function look(answer: Answer, { seen, asked }: { seen: Set<string>; asked: Set<string> }): Look {
  if (!answer.ok) return { shown: answer, next: null };
  const { fields } = answer.value;
  const isFirst = seen.size === 0;
  const posts = take(fields, seen);
  const total = totalOf(fields);
  const next = nextPage(fields);
  const cursor = JSON.stringify(next);
  if (seen.size === 0 && (next !== null || (total ?? 0) > 0))
    return { shown: badAnswer('An empty list of somebody who has posts'), next: null };
  if (asked.has(cursor)) return { shown: badAnswer('A list that goes round'), next: null };
  asked.add(cursor);
  return { shown: posts.length > 0 || isFirst ? ok({ posts, total }) : null, next };
}

const badAnswer = (reason: string) => err<SourceProblem>({ code: 'source.bad-answer', reason });

/** A page that was promised and has nothing on it is as dead as one that is refused. */
const hasDied = (answer: Answer): boolean =>
  answer.ok ? listIn(answer.value.fields, 'data').length === 0 : answer.error.code === 'source.bad-request';

/** Those that were not given out yet. */
function take(fields: Fields, seen: Set<string>): RawPost[] {
  const posts = split(fields)
    .map(({ resource, document }) => ({ externalId: resource.id, raw: document }))
    .filter(({ externalId }) => !seen.has(externalId));
  for (const { externalId } of posts) seen.add(externalId);
  return posts;
}

import { err, ok, type Result } from '#core/result.ts';
import type { SourceProblem } from '#features/archive/core/source-problem.ts';
import type { RawPost } from '#features/archive/server/ports.ts';
import { listIn, type Fields } from '../shared/fields.ts';
import { missingMedia } from './body.ts';
import type { PatreonClient } from './client.ts';
import { isEmptied, openDocument } from './document.ts';
import { leftOut } from './post-media.ts';
import { postQuery, productQuery } from './questions.ts';
import { PRODUCT } from './read-product.ts';
import type { ListDeps } from './stream-lists.ts';
import { withStreamWords } from './subtitles.ts';

/** A post with five hundred pictures is asked for once and not five hundred times; its addresses live longer than this. */
const FRESH_MS = 5 * 60_000;
const MOST_KEPT = 20;

export type PostReader = {
  read(id: string, how: { anew: boolean }, signal: AbortSignal): Promise<Result<RawPost, SourceProblem>>;
};

type Kept = { at: number; post: RawPost };

/** Posts and products as they are now, whole. */
export function createPostReader(
  client: PatreonClient,
  clock: { now: () => Date },
  lists: ListDeps,
): PostReader {
  const kept = new Map<string, Kept>();

  function keep(post: RawPost): RawPost {
    kept.delete(post.externalId);
    kept.set(post.externalId, { at: clock.now().getTime(), post });
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    return post;
  }

  return {
    async read(id, { anew }, signal) {
      const known = kept.get(id);
      const isFresh = known !== undefined && clock.now().getTime() - known.at < FRESH_MS;
      if (isFresh && !anew) return ok(known.post);
      const answer = await ask(client, id, signal);
      return answer.ok ? ok(keep(await withStreamWords(lists, answer.value, signal))) : answer;
    },
  };
}

async function ask(
  client: PatreonClient,
  id: string,
  signal: AbortSignal,
): Promise<Result<RawPost, SourceProblem>> {
  const isProduct = id.startsWith(PRODUCT);
  const path = isProduct
    ? `product/${encodeURIComponent(id.slice(PRODUCT.length))}`
    : `posts/${encodeURIComponent(id)}`;
  const answer = await client.ask(path, isProduct ? productQuery : postQuery, signal);
  if (!answer.ok) return answer;
  const whole = await withMedia(client, answer.value.fields, signal);
  return whole.ok ? ok({ externalId: id, raw: whole.value }) : whole;
}

/**
 * Pictures of the text are named by their number only: each is asked for, and joins what came along. So does what the post
 * leads to and was left out of the answer, which otherwise looks as if its creator had taken it away.
 */
async function withMedia(
  client: PatreonClient,
  fields: Fields,
  signal: AbortSignal,
): Promise<Result<Fields, SourceProblem>> {
  const document = openDocument(fields);
  const post = document?.data[0];
  if (!document || !post) return err({ code: 'source.bad-answer', reason: 'A post without data' });
  if (isEmptied(document, post))
    return err({ code: 'source.bad-answer', reason: 'Nothing came along with it' });
  const found: unknown[] = [];
  const missing = new Set([...missingMedia(post.attributes, document), ...leftOut(document, post)]);
  for (const id of missing) {
    const answer = await client.ask(`media/${encodeURIComponent(id)}`, {}, signal);
    if (answer.ok) found.push(answer.value.fields['data']);
    else if (!isGone(answer.error)) return answer;
  }
  const included = [...listIn(fields, 'included'), ...found];
  return ok({ data: fields['data'], included });
}

/** What is left of it is the picture at the address in the text. */
const isGone = ({ code }: SourceProblem): boolean =>
  code === 'source.not-found' || code === 'source.forbidden';

import { err, ok, type Result } from '#core/result.ts';
import type { RawPost } from '#features/archive/server/ports.ts';
import { isOfType, openDocument } from './document.ts';
import { readPost, type ReadPost } from './read-post.ts';
import { readProduct } from './read-product.ts';

/** Rises whenever the same answer gives something else: everything archived is then derived again. */
export const PARSER_VERSION = 2;

type Unreadable = { code: 'source.unreadable-post'; reason: string };

const unreadable = (reason: string): Result<never, Unreadable> =>
  err({ code: 'source.unreadable-post', reason });

/** The post, and where its media were when this was answered. Pure. */
export function read({ raw }: RawPost): Result<ReadPost, Unreadable> {
  const document = openDocument(raw);
  const resource = document?.data[0];
  if (!document || !resource) return unreadable('it has no data');
  const isProduct = isOfType(resource, 'product-variant');
  if (!isProduct && !isOfType(resource, 'post')) return unreadable(`it is a ${resource.type.slice(0, 60)}`);
  const post = isProduct ? readProduct(document, resource) : readPost(document, resource);
  return post ? ok(post) : unreadable('it has no date');
}

import { err, ok, type Result } from '#core/result.ts';
import type { SourceCollection } from '#features/archive/core/post.ts';
import type { SourceProblem } from '#features/archive/core/source-problem.ts';
import { countIn, listIn, textIn } from '../shared/fields.ts';
import type { PatreonClient } from './client.ts';
import { openDocument, type Resource } from './document.ts';
import { askAll } from './pages.ts';
import { collectionPostsQuery, collectionsQuery } from './questions.ts';

/** Each with its posts in the order that their creator gave them. */
export async function readCollections(
  client: PatreonClient,
  campaignId: string,
  signal: AbortSignal,
): Promise<Result<readonly SourceCollection[], SourceProblem>> {
  // In the singular; in the plural there is nothing.
  const pages = await askAll(client, { path: 'collection', query: collectionsQuery(campaignId) }, signal);
  if (!pages.ok) return pages;
  const collections: SourceCollection[] = [];
  for (const collection of pages.value.flatMap((page) => openDocument(page)?.data ?? [])) {
    const read = await readCollection(client, { campaignId, collection }, signal);
    if (!read.ok) return read;
    collections.push(read.value);
  }
  return ok(collections);
}

async function readCollection(
  client: PatreonClient,
  { campaignId, collection }: { campaignId: string; collection: Resource },
  signal: AbortSignal,
): Promise<Result<SourceCollection, SourceProblem>> {
  const { id, attributes } = collection;
  const postCount = countIn(attributes, 'num_posts');
  const listed = listIn(attributes, 'post_ids').map(String);
  const isWhole = listed.length > 0 || postCount === 0;
  const postIds = isWhole ? ok(listed) : await readOrder(client, { campaignId, id }, signal);
  if (!postIds.ok) return postIds;
  return ok({
    externalId: id,
    title: textIn(attributes, 'title')?.trim() ?? id,
    description: textIn(attributes, 'description')?.trim() ?? null,
    postIds: postIds.value,
    postCount,
  });
}

async function readOrder(
  client: PatreonClient,
  { campaignId, id }: { campaignId: string; id: string },
  signal: AbortSignal,
): Promise<Result<readonly string[], SourceProblem>> {
  const query = collectionPostsQuery(campaignId, id);
  const pages = await askAll(client, { path: 'posts', query }, signal);
  if (!pages.ok) return err(pages.error);
  return ok(pages.value.flatMap((page) => openDocument(page)?.data.map((post) => post.id) ?? []));
}

import { ok, type Result } from '#core/result.ts';
import type { SourceProblem } from '#features/archive/core/source-problem.ts';
import type { RawPost } from '#features/archive/server/ports.ts';
import type { PatreonClient } from './client.ts';
import { split } from './document.ts';
import { askAll } from './pages.ts';
import { productsQuery } from './questions.ts';
import { isOwned, PRODUCT } from './read-product.ts';

/** What was bought in the shop of a creator, and whether there is more, as to strangers everything is. */
export async function readProducts(
  client: PatreonClient,
  campaignId: string,
  signal: AbortSignal,
): Promise<Result<{ owned: readonly RawPost[]; hasOthers: boolean }, SourceProblem>> {
  const path = `campaigns/${encodeURIComponent(campaignId)}/products`;
  const pages = await askAll(client, { path, query: productsQuery(campaignId) }, signal);
  if (!pages.ok) return pages;
  const all = pages.value.flatMap(split);
  const owned = all
    .filter(({ resource }) => isOwned(resource))
    .map(({ resource, document }) => ({ externalId: `${PRODUCT}${resource.id}`, raw: document }));
  return ok({ owned, hasOthers: owned.length < all.length });
}

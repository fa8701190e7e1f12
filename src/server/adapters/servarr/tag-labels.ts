import { known, unknown, type Fact } from '#core/fact.ts';
import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import type { Http } from '#server/platform/http.ts';
import { readTags } from './labels.ts';
import { openServarr, type Product } from './session.ts';

/** Every label that exists in a Radarr or Sonarr, used or not: an exclusion tag that nothing carries yet is no typo. */
export async function readTagLabels(
  http: Http,
  target: ConnectionTarget,
  product: Product,
): Promise<Fact<readonly string[]>> {
  const tags = await readTags(openServarr(http, target, product));
  return tags.ok ? known([...tags.value.values()]) : unknown('tags-not-read');
}

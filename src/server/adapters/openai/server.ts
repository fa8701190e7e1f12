import { err, ok, type Result } from '#core/result.ts';
import type { ModelProblem } from '#features/enrichment/core/model.ts';
import type { ModelTarget } from '#features/enrichment/server/ports.ts';
import type { Http, HttpTarget } from '#server/platform/http.ts';
import { toModelProblem } from './mapping.ts';
import { modelList } from './schemas.ts';

const LIST_MS = 15_000;

/** An address without a path is meant with the one that all of them have. */
export function targetOf({ url, key }: Omit<ModelTarget, 'model'>): HttpTarget {
  return {
    url: new URL(url).pathname === '/' ? `${url}/v1` : url,
    headers: key === null ? {} : { authorization: `Bearer ${key}` },
    secrets: key === null ? [] : [key],
  };
}

export async function listModels(
  http: Http,
  target: Omit<ModelTarget, 'model'>,
): Promise<Result<readonly string[], ModelProblem>> {
  const answer = await http.at(targetOf(target)).json({ path: 'models', timeoutMs: LIST_MS }, modelList);
  return answer.ok ? ok(answer.value.data.map(({ id }) => id)) : err(toModelProblem(answer.error));
}

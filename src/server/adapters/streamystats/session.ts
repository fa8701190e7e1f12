import { err, ok, type Result } from '#core/result.ts';
import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import type { Http, HttpCall, HttpClient } from '#server/platform/http.ts';
import { isOwnNotFound, type CallFailure } from '../failures.ts';
import { itemDetails, servers, type ItemDetails } from './schemas.ts';

/** It has no keys of its own: it takes one of the Jellyfin that it watches. */
export const clientFor = (http: Http, target: ConnectionTarget): HttpClient =>
  http.at({
    url: `${target.url}/api`,
    headers: { Authorization: `Bearer ${target.key}` },
    secrets: [target.key],
  });

/** No item has this id, so a server that says so has taken the key. */
const NO_ITEM = '0'.repeat(32);

/** Null: it does not know this one, which is not the same as being down (T-50). */
export async function askItem(
  client: HttpClient,
  serverId: number,
  id: string,
  call: Partial<HttpCall> = {},
): Promise<Result<ItemDetails | null, CallFailure>> {
  const path = `get-item-details/${encodeURIComponent(id)}`;
  const answer = await client.json({ ...call, path, query: { serverId } }, itemDetails);
  if (answer.ok) return answer;
  return isOwnNotFound(answer.error) ? ok(null) : answer;
}

/** Which of its servers the key is of. Null: it watches none yet. */
export async function findServer(
  client: HttpClient,
  call: Partial<HttpCall> = {},
): Promise<Result<number | null, CallFailure>> {
  const list = await client.json({ ...call, path: 'servers' }, servers);
  if (!list.ok) return list;
  let refused: CallFailure | null = null;
  for (const { id } of list.value) {
    const asked = await askItem(client, id, NO_ITEM, call);
    if (asked.ok) return ok(id);
    refused ??= asked.error;
  }
  return refused ? err(refused) : ok(null);
}

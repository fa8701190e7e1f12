import type { z } from 'zod';
import { err, ok, type Result } from '#core/result.ts';
import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import type { Http, HttpCall } from '#server/platform/http.ts';
import type { CallFailure } from '../failures.ts';
import { configured } from './schemas.ts';

const READY = 2;

export type Jellystat = ReturnType<typeof openJellystat>;

/** Never sends the key before it is known that the set-up is finished: until then a call with a key ends Jellystat's process. */
export function openJellystat(http: Http, target: ConnectionTarget) {
  const stranger = http.at({ url: target.url, headers: {}, secrets: [target.key] });
  const client = http.at({
    url: target.url,
    headers: { 'x-api-token': target.key },
    secrets: [target.key],
  });
  let version: Promise<Result<string | null, CallFailure>> | undefined;

  /** Null: the set-up is not finished. */
  async function identify(call: Partial<HttpCall> = {}): Promise<Result<string | null, CallFailure>> {
    const answer = await stranger.json({ ...call, path: 'auth/isConfigured' }, configured);
    if (!answer.ok) return answer;
    return ok(answer.value.state === READY ? (answer.value.version ?? '?') : null);
  }

  return {
    identify,

    async json<T>(call: HttpCall, schema: z.ZodType<T>): Promise<Result<T, CallFailure>> {
      version ??= identify();
      const told = await version;
      if (!told.ok) {
        version = undefined;
        return told;
      }
      return told.value === null
        ? err({ code: 'call.wrong-product', found: 'a Jellystat that is not set up' })
        : client.json(call, schema);
    },
  };
}

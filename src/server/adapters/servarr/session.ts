import type { z } from 'zod';
import { err, ok, type Result } from '#core/result.ts';
import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import type { Http, HttpCall, HttpClient } from '#server/platform/http.ts';
import type { CallFailure } from '../failures.ts';
import { systemStatus, type SystemStatus } from './schemas.ts';

export type Product = 'Radarr' | 'Sonarr';

/**
 * A client that has made sure who it talks to before the first call: a list or a 404 from the wrong program must
 * never be taken for the library's (T-01, T-02).
 */
export function openServarr(http: Http, target: ConnectionTarget, product: Product) {
  const client: HttpClient = http.at({
    url: `${target.url}/api/v3`,
    headers: { 'X-Api-Key': target.key },
    secrets: [target.key],
  });
  let known: Promise<Result<SystemStatus, CallFailure>> | undefined;

  async function identify(call: Partial<HttpCall> = {}): Promise<Result<SystemStatus, CallFailure>> {
    const status = await client.json({ ...call, path: 'system/status' }, systemStatus);
    if (!status.ok) return status;
    const { appName } = status.value;
    return appName === product ? status : err({ code: 'call.wrong-product', found: appName });
  }

  async function ready(): Promise<Result<SystemStatus, CallFailure>> {
    known ??= identify();
    const answer = await known;
    if (!answer.ok) known = undefined;
    return answer;
  }

  return {
    client,
    identify,
    ready,

    async json<T>(call: HttpCall, schema: z.ZodType<T>): Promise<Result<T, CallFailure>> {
      const who = await ready();
      return who.ok ? client.json(call, schema) : who;
    },

    async send(call: HttpCall): Promise<Result<void, CallFailure>> {
      const who = await ready();
      return who.ok ? client.send(call) : who;
    },

    /** Null when the right program, asked once more who it is, says that it does not know the thing. */
    async find<T>(call: HttpCall, schema: z.ZodType<T>): Promise<Result<T | null, CallFailure>> {
      const who = await ready();
      if (!who.ok) return who;
      const found = await client.json(call, schema);
      if (found.ok) return found;
      if (found.error.code !== 'http.status' || found.error.status !== 404 || !found.error.json) return found;
      const still = await identify();
      return still.ok ? ok(null) : still;
    },
  };
}

export type Servarr = ReturnType<typeof openServarr>;

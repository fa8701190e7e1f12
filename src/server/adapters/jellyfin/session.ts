import type { z } from 'zod';
import { err, ok, type Result } from '#core/result.ts';
import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import type { Http, HttpCall, HttpClient } from '#server/platform/http.ts';
import type { CallFailure } from '../failures.ts';
import { publicInfo } from './schemas.ts';

export type Info = z.infer<typeof publicInfo>;

/** The one header that every version takes: the others are switched off in Jellyfin 12. */
export const clientFor = (http: Http, target: ConnectionTarget): HttpClient =>
  http.at({
    url: target.url,
    headers: { Authorization: `MediaBrowser Token="${encodeURIComponent(target.key)}"` },
    secrets: [target.key],
  });

/** Emby and old forks answer the same path, but without Jellyfin's product name. */
export async function identify(
  client: HttpClient,
  call: Partial<HttpCall> = {},
): Promise<Result<Info, CallFailure>> {
  const info = await client.json({ ...call, path: 'System/Info/Public' }, publicInfo);
  if (!info.ok) return info;
  const product = info.value.ProductName ?? 'Emby';
  return /^jellyfin/i.test(product) ? info : err({ code: 'call.wrong-product', found: product });
}

/** A client that has made sure who it talks to before the first call. */
export function openJellyfin(http: Http, target: ConnectionTarget) {
  const client = clientFor(http, target);
  let known: Promise<Result<Info, CallFailure>> | undefined;

  async function ready(): Promise<Result<void, CallFailure>> {
    known ??= identify(client);
    const answer = await known;
    if (!answer.ok) known = undefined;
    return answer.ok ? ok(undefined) : answer;
  }

  return {
    async json<T>(call: HttpCall, schema: z.ZodType<T>): Promise<Result<T, CallFailure>> {
      const who = await ready();
      return who.ok ? client.json(call, schema) : who;
    },

    async send(call: HttpCall): Promise<Result<void, CallFailure>> {
      const who = await ready();
      return who.ok ? client.send(call) : who;
    },
  };
}

export type Jellyfin = ReturnType<typeof openJellyfin>;

import type { z } from 'zod';
import { err, ok, type Result } from '#core/result.ts';
import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import type { Http, HttpCall, HttpClient } from '#server/platform/http.ts';
import type { CallFailure } from '../failures.ts';
import type { Dialect } from './dialect.ts';
import { publicInfo, type PublicInfo, type User } from './schemas.ts';

const clientFor = (http: Http, target: ConnectionTarget, dialect: Dialect): HttpClient =>
  http.at({ url: target.url, headers: dialect.headers(target.key), secrets: [target.key] });

export type MediaServer = {
  dialect: Dialect;
  identify: (call?: Partial<HttpCall>) => Promise<Result<PublicInfo, CallFailure>>;
  json: <T>(call: HttpCall, schema: z.ZodType<T>) => Promise<Result<T, CallFailure>>;
  digested: <T>(
    call: HttpCall,
    schema: z.ZodType<T>,
  ) => Promise<Result<{ digest: string; value: T }, CallFailure>>;
  digest: (call: HttpCall) => Promise<Result<string, CallFailure>>;
  send: (call: HttpCall) => Promise<Result<void, CallFailure>>;
};

/** A client that has made sure who it talks to before the first call: each answers the other's paths, too. */
export function openMediaServer(http: Http, target: ConnectionTarget, dialect: Dialect): MediaServer {
  const client = clientFor(http, target, dialect);
  let known: Promise<Result<PublicInfo, CallFailure>> | undefined;

  async function identify(call: Partial<HttpCall> = {}): Promise<Result<PublicInfo, CallFailure>> {
    const info = await client.json({ ...call, path: 'System/Info/Public' }, publicInfo);
    const stranger = info.ok ? dialect.strangerIn(info.value) : null;
    return stranger === null ? info : err({ code: 'call.wrong-product', found: stranger });
  }

  async function ready(): Promise<Result<void, CallFailure>> {
    known ??= identify();
    const answer = await known;
    if (!answer.ok) known = undefined;
    return answer.ok ? ok(undefined) : answer;
  }

  const spelt = (call: HttpCall): HttpCall =>
    call.query ? { ...call, query: dialect.query(call.query) } : call;

  return {
    dialect,
    identify,

    async json(call, schema) {
      const who = await ready();
      return who.ok ? client.json(spelt(call), schema) : who;
    },

    async digested(call, schema) {
      const who = await ready();
      return who.ok ? client.digested(spelt(call), schema) : who;
    },

    async digest(call) {
      const who = await ready();
      return who.ok ? client.digest(spelt(call)) : who;
    },

    async send(call) {
      const who = await ready();
      return who.ok ? client.send(spelt(call)) : who;
    },
  };
}

export const readUsers = ({ dialect, json }: MediaServer): Promise<Result<User[], CallFailure>> =>
  json({ path: dialect.users.path }, dialect.users.answer);

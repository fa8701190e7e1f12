import type { z } from 'zod';
import { err, ok, type Result } from '#core/result.ts';
import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import type { Http } from '#server/platform/http.ts';
import { cookiesOf, jsonOf, type Exchange } from '#server/platform/http-exchange.ts';
import type { CallFailure } from '../failures.ts';
import { answer as answerSchema, hosts } from './schemas.ts';

/** Its own numbers for errors. */
const NOT_AUTHENTICATED = 1;

type Answer = { exchange: Exchange; result: unknown; error: { message: string; code: number } | null };

/**
 * The JSON-RPC of its web interface, which has a password and no users, and speaks for a daemon that it has to be
 * connected to first.
 */
export function openDeluge(http: Http, target: ConnectionTarget) {
  let session: Promise<Result<string, CallFailure>> | undefined;

  const post = poster(http, target);

  async function signIn(): Promise<Result<string, CallFailure>> {
    const signedIn = await post('', 'auth.login', [target.key], 10_000);
    if (!signedIn.ok) return signedIn;
    if (signedIn.value.result !== true)
      return err({ code: 'http.status', status: 401, message: 'login refused', json: true });
    const cookie = cookiesOf(signedIn.value.exchange);
    const connected = await connect((method, params) => post(cookie, method, params, 10_000));
    return connected.ok ? ok(cookie) : connected;
  }

  async function cookie(): Promise<Result<string, CallFailure>> {
    session ??= signIn();
    const signedIn = await session;
    if (!signedIn.ok) session = undefined;
    return signedIn;
  }

  async function once(
    method: string,
    params: readonly unknown[],
    timeoutMs: number,
  ): Promise<Result<Answer, CallFailure>> {
    const signedIn = await cookie();
    return signedIn.ok ? post(signedIn.value, method, params, timeoutMs) : signedIn;
  }

  return {
    async call<T>(
      method: string,
      params: readonly unknown[],
      schema: z.ZodType<T>,
      timeoutMs = 60_000,
    ): Promise<Result<T, CallFailure>> {
      let answer = await once(method, params, timeoutMs);
      if (answer.ok && answer.value.error?.code === NOT_AUTHENTICATED) {
        session = undefined;
        answer = await once(method, params, timeoutMs);
      }
      if (!answer.ok) return answer;
      const { result, error } = answer.value;
      if (error)
        return err({ code: 'http.status', status: 400, message: error.message.slice(0, 200), json: true });
      const parsed = schema.safeParse(result);
      if (parsed.success) return ok(parsed.data);
      const where = (parsed.error.issues[0]?.path ?? []).map(String).join('.');
      return err({ code: 'http.unexpected-shape', where: `result.${where}` });
    },
  };
}

const poster =
  (http: Http, target: ConnectionTarget) =>
  async (
    cookie: string,
    method: string,
    params: readonly unknown[],
    timeoutMs: number,
  ): Promise<Result<Answer, CallFailure>> => {
    const secrets = [target.key];
    const client = http.at({ url: target.url, headers: cookie === '' ? {} : { Cookie: cookie }, secrets });
    const json = { method, params, id: 1 };
    const answer = await client.exchange({ method: 'POST', path: 'json', json, timeoutMs });
    if (!answer.ok) return answer;
    const body = jsonOf(answer.value, answerSchema, secrets);
    if (!body.ok) return body;
    const { result, error } = body.value;
    const failed = error ? { message: error.message ?? '', code: error.code ?? 0 } : null;
    return ok({ exchange: answer.value, result, error: failed });
  };

/** After a restart of either it is connected to no daemon, and every question about torrents would fail. */
async function connect(
  ask: (method: string, params: readonly unknown[]) => Promise<Result<Answer, CallFailure>>,
): Promise<Result<void, CallFailure>> {
  const connected = await ask('web.connected', []);
  if (!connected.ok) return connected;
  if (connected.value.result === true) return ok(undefined);
  const known = await ask('web.get_hosts', []);
  if (!known.ok) return known;
  const [first] = hosts.safeParse(known.value.result).data ?? [];
  if (first === undefined) return err(noDaemon);
  const joined = await ask('web.connect', [first[0]]);
  if (!joined.ok) return joined;
  return joined.value.error === null ? ok(undefined) : err(noDaemon);
}

const noDaemon: CallFailure = {
  code: 'http.status',
  status: 503,
  message: 'the web interface is not connected to a daemon',
  json: true,
};

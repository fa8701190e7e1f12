import type { z } from 'zod';
import { err, ok, type Result } from '#core/result.ts';
import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import { splitCredentials } from '#features/connections/core/credentials.ts';
import type { Http } from '#server/platform/http.ts';
import { jsonOf, type Exchange } from '#server/platform/http-exchange.ts';
import type { CallFailure } from '../failures.ts';
import { answer as answerSchema } from './schemas.ts';

const SESSION = 'X-Transmission-Session-Id';

export type Wish = { method: string; arguments?: Record<string, unknown>; timeoutMs?: number };

/**
 * Its RPC. The first call is refused with 409 and the number to send from then on, against forged requests; after a
 * restart it asks for another one in the same way. The old words of the protocol, because 4.1 still knows them and 4.0
 * does not know the new ones.
 */
export function openTransmission(http: Http, target: ConnectionTarget) {
  const { user, password } = splitCredentials(target.key);
  const basic = Buffer.from(`${user}:${password}`).toString('base64');
  const secrets = [target.key, password, basic];
  const { url, path } = addressOf(target.url);
  const own: Record<string, string> =
    user === '' && password === '' ? {} : { Authorization: `Basic ${basic}` };
  let session = '';

  const post = ({ timeoutMs = 60_000, ...wish }: Wish): Promise<Result<Exchange, CallFailure>> =>
    http
      .at({ url, headers: { ...own, ...(session === '' ? {} : { [SESSION]: session }) }, secrets })
      .exchange({ method: 'POST', path, json: wish, timeoutMs });

  async function call<T>(wish: Wish, schema: z.ZodType<T>): Promise<Result<T, CallFailure>> {
    let answer = await post(wish);
    if (answer.ok && answer.value.status === 409) {
      session = answer.value.headers.get(SESSION) ?? '';
      answer = await post(wish);
    }
    if (!answer.ok) return answer;
    const body = jsonOf(answer.value, answerSchema, secrets);
    if (!body.ok) return body;
    if (body.value.result !== 'success')
      return err({ code: 'http.status', status: 400, message: body.value.result.slice(0, 200), json: true });
    const parsed = schema.safeParse(body.value.arguments ?? {});
    if (parsed.success) return ok(parsed.data);
    const where = (parsed.error.issues[0]?.path ?? []).map(String).join('.');
    return err({ code: 'http.unexpected-shape', where: `arguments.${where}` });
  }

  return { call };
}

/** `http://nas:9091` as people type it, or the whole way to the RPC. */
export function addressOf(url: string): { url: string; path: string } {
  const whole = url.endsWith('/rpc')
    ? url
    : url.endsWith('/transmission')
      ? `${url}/rpc`
      : `${url.replace(/\/transmission\/web$/, '')}/transmission/rpc`;
  const slash = whole.lastIndexOf('/');
  return { url: whole.slice(0, slash), path: whole.slice(slash + 1) };
}

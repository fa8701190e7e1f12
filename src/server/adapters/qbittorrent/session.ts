import { err, ok, type Result } from '#core/result.ts';
import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import { splitCredentials } from '#features/connections/core/credentials.ts';
import type { Http, HttpCall } from '#server/platform/http.ts';
import { cookiesOf, statusFailure, type Exchange } from '#server/platform/http-exchange.ts';
import type { CallFailure } from '../failures.ts';

/**
 * The Web API with its login. The cookie is `SID`, and `QBT_SID_<port>` since 5.2, so whatever it gives is given back.
 * A session ends after an hour without calls; then, and when it was restarted, it says 403 and we sign in once more.
 */
export function openQbittorrent(http: Http, target: ConnectionTarget) {
  const { user, password } = splitCredentials(target.key);
  const secrets = [target.key, password];
  // Without these its protection against forged requests refuses every call with 401.
  const { origin } = new URL(target.url);
  const own = { Referer: `${origin}/`, Origin: origin };
  const at = (headers: Record<string, string>) => http.at({ url: `${target.url}/api/v2`, headers, secrets });
  let session: Promise<Result<string, CallFailure>> | undefined;

  async function signIn(): Promise<Result<string, CallFailure>> {
    const answer = await at(own).exchange({
      ...form('auth/login', { username: user, password }),
      timeoutMs: 10_000,
    });
    if (!answer.ok) return answer;
    const refused = loginRefusal(answer.value, secrets);
    return refused ? err(refused) : ok(cookiesOf(answer.value));
  }

  async function cookie(): Promise<Result<string, CallFailure>> {
    session ??= signIn();
    const signedIn = await session;
    if (!signedIn.ok) session = undefined;
    return signedIn;
  }

  async function once(call: HttpCall): Promise<Result<Exchange, CallFailure>> {
    const signedIn = await cookie();
    if (!signedIn.ok) return signedIn;
    // Where addresses at home need no login there is no cookie either.
    return at({ ...own, ...(signedIn.value ? { Cookie: signedIn.value } : {}) }).exchange(call);
  }

  async function call(wanted: HttpCall): Promise<Result<Exchange, CallFailure>> {
    const answer = await once(wanted);
    if (!answer.ok || (answer.value.status !== 403 && answer.value.status !== 401)) return answer;
    session = undefined;
    return once(wanted);
  }

  return { call, secrets };
}

export const form = (path: string, fields: Readonly<Record<string, string>>): HttpCall => ({
  method: 'POST',
  path,
  text: {
    contentType: 'application/x-www-form-urlencoded',
    body: new URLSearchParams(fields).toString(),
  },
});

/** Until 5.1 a wrong password is 200 with `Fails.`, since 5.2 it is 401; good ones are `Ok.` and 204 without a word. */
function loginRefusal(answer: Exchange, secrets: readonly string[]): CallFailure | null {
  const { status, text } = answer;
  if (status === 204) return null;
  if (status === 200 && text.trim() === 'Ok.') return null;
  if (status === 200 && text.trim() === 'Fails.')
    return { code: 'http.status', status: 401, message: 'login refused', json: false };
  if (status === 200) return { code: 'call.wrong-product', found: 'something else' };
  return statusFailure(answer, secrets);
}

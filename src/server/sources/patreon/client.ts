import { err, ok, type Result } from '#core/result.ts';
import type { SourceProblem } from '#features/archive/core/source-problem.ts';
import type { Session } from '#features/archive/server/ports.ts';
import type { Http, HttpFailure } from '#server/platform/http.ts';
import { isFields, type Fields } from '../shared/fields.ts';
import { parseJson } from '../shared/json.ts';
import type { Hosts } from './hosts.ts';
import { refusalOf } from './refusal.ts';

export type Query = Readonly<Record<string, string>>;

export type Asked = { fields: Fields; headers: Headers };

/** Questions to the API: each in its turn, with the sign-in, to the site and nowhere else. */
export type PatreonClient = {
  ask(path: string, query: Query, signal: AbortSignal): Promise<Result<Asked, SourceProblem>>;
  /** Waits for the turn like a question. */
  inTurn<T, E>(
    signal: AbortSignal,
    ask: () => Promise<Result<T, E>>,
  ): Promise<Result<T, E | { code: 'source.aborted' }>>;
  /** What goes to the site only. */
  signIn: Readonly<Record<string, string>>;
};

export type ClientDeps = { http: Http; hosts: Hosts; session: Session; clock: { now: () => Date } };

export function createClient({ http, hosts, session, clock }: ClientDeps): PatreonClient {
  const cookie = session.credentials['session_id'] ?? '';
  const signIn = { cookie: `session_id=${cookie}`, 'user-agent': session.settings.userAgent };
  const api = http.at({
    url: hosts.site,
    headers: {
      ...signIn,
      accept: 'application/vnd.api+json, application/json',
      // Its own programs say so although nothing is sent.
      'content-type': 'application/vnd.api+json',
    },
    secrets: [cookie],
  });

  const inTurn: PatreonClient['inTurn'] = async (signal, ask) => {
    try {
      return await session.turn(signal, ask);
    } catch (error) {
      if (signal.aborted) return err({ code: 'source.aborted' });
      throw error;
    }
  };

  return {
    signIn,
    inTurn,
    ask: (path, query, signal) =>
      inTurn(signal, async () => {
        const parameters = { 'json-api-version': '1.0', ...query };
        // A repeated question would come without a pause: whoever asked decides.
        const answer = await api.exchange({ path: `api/${path}`, query: parameters, retries: 0, signal });
        if (!answer.ok) return err(problemOf(answer.error));
        const refused = refusalOf(answer.value, clock.now());
        if (refused) return err(refused);
        if (!isJson(answer.value.headers)) return err(badAnswer('Something that does not say it is JSON'));
        const fields = parseJson(answer.value.text);
        if (!isFields(fields)) return err(badAnswer('JSON that is cut short, or none'));
        if (!('data' in fields)) return err(badAnswer('JSON without data'));
        return ok({ fields, headers: answer.value.headers });
      }),
  };
}

const isJson = (headers: Headers): boolean => /\bjson\b/i.test(headers.get('content-type') ?? '');

const badAnswer = (reason: string): SourceProblem => ({ code: 'source.bad-answer', reason });

/** undici's name for a body that is shorter or longer than its head said. */
const WRONG_LENGTH = /CONTENT_LENGTH|UND_ERR_BODY|UND_ERR_SOCKET|TERMINATED/i;

export function problemOf(failure: HttpFailure): SourceProblem {
  switch (failure.code) {
    case 'http.timed-out':
      return { code: 'source.timed-out', afterMs: failure.afterMs };
    case 'http.aborted':
      return { code: 'source.aborted' };
    case 'http.too-large':
      return { code: 'source.bad-answer', reason: 'An answer without an end' };
    case 'http.dropped':
      return WRONG_LENGTH.test(failure.reason)
        ? { code: 'source.bad-answer', reason: 'An answer that was cut short' }
        : { code: 'source.unreachable', reason: failure.reason };
    case 'http.host-unknown':
    case 'http.refused':
    case 'http.metadata':
      return { code: 'source.unreachable', reason: failure.host };
    case 'http.certificate':
      return { code: 'source.unreachable', reason: failure.reason };
    default:
      return { code: 'source.bad-answer', reason: failure.code };
  }
}

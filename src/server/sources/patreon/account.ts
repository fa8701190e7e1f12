import { err, ok, type Result } from '#core/result.ts';
import type { SourceProblem } from '#features/archive/core/source-problem.ts';
import type { SourceAccount } from '#features/archive/server/ports.ts';
import { textIn } from '../shared/fields.ts';
import type { PatreonClient } from './client.ts';
import { openDocument } from './document.ts';
import { accountQuery } from './questions.ts';

/** A sign-in that was good so lately is taken for good. */
const TRUSTED_MS = 10 * 60_000;

/** Whose the sign-in is, and whether it still is one. */
export function createAccount(client: PatreonClient, clock: { now: () => Date }) {
  let goodAt: Date | null = null;

  async function check(signal: AbortSignal): Promise<Result<SourceAccount, SourceProblem>> {
    const answer = await client.ask('current_user', accountQuery, signal);
    if (!answer.ok) return answer;
    const user = openDocument(answer.value.fields)?.data[0];
    if (user?.type !== 'user') return err({ code: 'source.bad-answer', reason: 'An account without a user' });
    goodAt = clock.now();
    const name = textIn(user.attributes, 'full_name') ?? textIn(user.attributes, 'vanity') ?? user.id;
    return ok({ name, expiresAt: endOf(answer.value.headers) });
  }

  return {
    check,
    /**
     * A sign-in that died makes a stranger of its owner: Patreon answers as before, with everything locked. So what looks
     * locked is believed only of a sign-in that is known to be good.
     */
    async believe<T>(value: T, looksLocked: boolean, signal: AbortSignal): Promise<Result<T, SourceProblem>> {
      const isTrusted = goodAt !== null && clock.now().getTime() - goodAt.getTime() < TRUSTED_MS;
      if (!looksLocked || isTrusted) return ok(value);
      const account = await check(signal);
      return account.ok ? ok(value) : account;
    },
  };
}

/** The site renews its cookie with an answer, and says until when. */
function endOf(headers: Headers): Date | null {
  const cookie = headers.getSetCookie().find((one) => one.startsWith('session_id='));
  const expires = /;\s*expires=([^;]+)/i.exec(cookie ?? '')?.[1];
  const at = expires === undefined ? null : new Date(expires);
  return at && !Number.isNaN(at.getTime()) ? at : null;
}

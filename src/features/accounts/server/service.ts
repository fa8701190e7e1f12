import { parseSetCookieHeader, toCookieOptions } from 'better-auth/cookies';
import type { UserId } from '#core/ids.ts';
import { err, ok, type Result } from '#core/result.ts';
import { isRole, type Person, type Role } from '../core/person.ts';
import { AUTH_PATH, type Auth } from './auth.ts';
import type {
  AccountStore,
  Cookie,
  NewPersonProblem,
  PasswordProblem,
  Session,
  SignInProblem,
  Visit,
} from './ports.ts';

export type AccountsDeps = { auth: Auth; store: AccountStore; clock: { now(): Date } };

export type NewPerson = { username: string; password: string; email?: string | undefined; role: Role };

export type AccountsService = ReturnType<typeof createAccountsService>;

/** Somebody without an address still needs one in better-auth's table; mail to `.invalid` can never be delivered. */
const placeholderEmail = (username: string) =>
  `${Buffer.from(username.toLowerCase()).toString('hex')}@local.invalid`;

/**
 * Calls better-auth through its own router, because calls to `auth.api` pass by the rate limit and the origin check.
 * The caller's headers go along; the body is always JSON.
 */
function callAuth(auth: Auth, path: string, visit: Visit, body: object): Promise<Response> {
  const headers = new Headers(visit.headers);
  headers.set('content-type', 'application/json');
  headers.delete('content-length');
  const address = new URL(`${AUTH_PATH}${path}`, visit.url);
  return auth.handler(new Request(address, { method: 'POST', headers, body: JSON.stringify(body) }));
}

function cookiesOf(response: Response, visit: Visit): Cookie[] {
  const secure = new URL(visit.url).protocol === 'https:';
  return response.headers.getSetCookie().flatMap((header) =>
    [...parseSetCookieHeader(header)].map(([name, attributes]) => {
      const { maxAge } = toCookieOptions(attributes);
      return {
        name,
        value: attributes.value,
        path: '/',
        httpOnly: true,
        secure,
        sameSite: 'lax' as const,
        maxAgeSeconds: maxAge ?? null,
      };
    }),
  );
}

const bearer = (headers: Headers): string | null =>
  headers.get('x-api-key') ?? /^Bearer\s+(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1] ?? null;

export function createAccountsService({ auth, store, clock }: AccountsDeps) {
  async function whoseKey(key: string): Promise<Person | null> {
    const answer = await auth.api.verifyApiKey({ body: { key } });
    return answer.valid && answer.key ? store.find(answer.key.referenceId as UserId) : null;
  }

  async function addPerson(input: NewPerson): Promise<Result<Person, NewPersonProblem>> {
    const { username, password, role } = input;
    try {
      const { user } = await auth.api.createUser({
        body: {
          email: input.email ?? placeholderEmail(username),
          password,
          name: username,
          role,
          data: { username: username.toLowerCase(), displayUsername: username },
        },
      });
      return ok({ id: user.id as UserId, name: user.name, username, role });
    } catch (thrown) {
      return refusal(thrown);
    }
  }

  return {
    addPerson,
    isSetUp: () => store.isSetUp(),
    people: () => store.people(),
    mailAddresses: () => store.mailAddresses(),
    apiKeys: (owner: UserId) => store.apiKeys(owner),
    removeApiKey: (owner: UserId, id: string) => store.removeApiKey(owner, id),

    /** Makes the first admin. Works once; the claim is taken first, so two at the same moment cannot both win. */
    async setUp(input: Omit<NewPerson, 'role'>): Promise<Result<Person, NewPersonProblem>> {
      if (!(await store.claimSetup(clock.now()))) return err({ code: 'accounts.already-set-up' });
      const made = await addPerson({ ...input, role: 'admin' });
      if (!made.ok) await store.releaseSetup();
      return made;
    },

    async signIn(
      { login, password }: { login: string; password: string },
      visit: Visit,
    ): Promise<Result<readonly Cookie[], SignInProblem>> {
      const response = login.includes('@')
        ? await callAuth(auth, '/sign-in/email', visit, { email: login, password })
        : await callAuth(auth, '/sign-in/username', visit, { username: login, password });
      if (response.status === 429) return err({ code: 'accounts.too-many-tries' });
      return response.ok ? ok(cookiesOf(response, visit)) : err({ code: 'accounts.wrong-credentials' });
    },

    async signOut(visit: Visit): Promise<readonly Cookie[]> {
      return cookiesOf(await callAuth(auth, '/sign-out', visit, {}), visit);
    },

    /** Everywhere else that somebody was signed in as this person, they are no longer. The length is the schema's matter. */
    async changePassword(
      { current, next }: { current: string; next: string },
      visit: Visit,
    ): Promise<Result<readonly Cookie[], PasswordProblem>> {
      const response = await callAuth(auth, '/change-password', visit, {
        currentPassword: current,
        newPassword: next,
        revokeOtherSessions: true,
      });
      if (response.status === 429) return err({ code: 'accounts.too-many-tries' });
      return response.ok ? ok(cookiesOf(response, visit)) : err({ code: 'accounts.wrong-password' });
    },

    /** Of the person who asks, the newest first; none for somebody who comes with an API key. */
    async sessions(headers: Headers): Promise<Session[]> {
      const current = await auth.api.getSession({ headers });
      if (!current) return [];
      const all = await auth.api.listSessions({ headers });
      return all
        .map((session) => ({
          id: session.id,
          isCurrent: session.id === current.session.id,
          userAgent: session.userAgent ?? '',
          address: session.ipAddress ?? '',
          createdAt: session.createdAt,
          lastSeenAt: session.updatedAt,
        }))
        .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
    },

    async endOtherSessions(visit: Visit): Promise<boolean> {
      return (await callAuth(auth, '/revoke-other-sessions', visit, {})).ok;
    },

    /** Who makes this request, by API key or by session; null when nobody is signed in or the key is not good. */
    async whoIs(headers: Headers): Promise<Person | null> {
      const key = bearer(headers);
      if (key !== null) return whoseKey(key);
      if (!headers.has('cookie')) return null;
      const found = await auth.api.getSession({ headers });
      if (!found) return null;
      const { id, name, role, username } = found.user;
      return { id: id as UserId, name, username: username ?? name, role: isRole(role) ? role : 'readonly' };
    },

    async setRole(
      id: UserId,
      role: Role,
    ): Promise<Result<void, { code: 'accounts.last-admin' | 'accounts.not-found' }>> {
      const people = await store.people();
      const person = people.find((one) => one.id === id);
      if (!person) return err({ code: 'accounts.not-found' });
      if (role !== 'admin' && isLastAdmin(people, person)) return err({ code: 'accounts.last-admin' });
      await store.setRole(id, role);
      return ok(undefined);
    },

    async removePerson(
      id: UserId,
    ): Promise<Result<void, { code: 'accounts.last-admin' | 'accounts.not-found' }>> {
      const people = await store.people();
      const person = people.find((one) => one.id === id);
      if (!person) return err({ code: 'accounts.not-found' });
      if (isLastAdmin(people, person)) return err({ code: 'accounts.last-admin' });
      await store.remove(id);
      return ok(undefined);
    },

    /** The only time the key can be seen. It acts as its owner, with the owner's role of that moment. */
    async makeApiKey(owner: UserId, name: string): Promise<{ id: string; key: string }> {
      const made = await auth.api.createApiKey({ body: { name, userId: owner } });
      return { id: made.id, key: made.key };
    },
  };
}

const isLastAdmin = (people: readonly Person[], person: Person): boolean =>
  person.role === 'admin' && people.filter((one) => one.role === 'admin').length === 1;

/** better-auth throws its refusals; anything else is a bug and goes on up. */
function refusal(thrown: unknown): Result<never, NewPersonProblem> {
  const body = thrown instanceof Error && 'body' in thrown ? thrown.body : null;
  if (typeof body !== 'object' || body === null || !('code' in body)) throw thrown;
  const code = String(body.code);
  if (/ALREADY|TAKEN|EXISTS/.test(code)) return err({ code: 'accounts.name-taken' });
  return err({ code: 'accounts.refused', reason: 'message' in body ? String(body.message) : code });
}

import { apiKey } from '@better-auth/api-key';
import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { admin, username } from 'better-auth/plugins';
import { createAccessControl } from 'better-auth/plugins/access';
import { adminAc, defaultStatements, userAc } from 'better-auth/plugins/admin/access';
import type { Db } from '#server/platform/db.ts';
import { ADDRESS_HEADER } from '#server/platform/visit.ts';
import { isUsername } from '../core/person.ts';
import { apiKeys, credentials, rateLimits, sessions, users, verifications } from './tables.ts';

const control = createAccessControl(defaultStatements);
const authRoles = {
  admin: control.newRole(adminAc.statements),
  user: control.newRole(userAc.statements),
  readonly: control.newRole(userAc.statements),
};

export const AUTH_PATH = '/api/auth';

const DAY_S = 86_400;

export type AuthSettings = {
  secret: string;
  log: (level: 'debug' | 'info' | 'warn' | 'error', message: string) => void;
};

/**
 * better-auth with our tables. No base address is given on purpose: it then takes that of each request, so that the
 * same server works as nas.local, as 192.168.1.5 and behind a proxy.
 */
export function createAuth(db: Db, settings: AuthSettings) {
  return betterAuth({
    appName: 'KeeperCheky',
    secret: settings.secret,
    basePath: AUTH_PATH,
    database: drizzleAdapter(db, {
      provider: 'pg',
      transaction: true,
      schema: {
        user: users,
        session: sessions,
        account: credentials,
        verification: verifications,
        apikey: apiKeys,
        rateLimit: rateLimits,
      },
    }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10, maxPasswordLength: 200 },
    // Without the cookie cache a session that is revoked is gone at once; the cache would save 16 % of a request.
    session: { expiresIn: 30 * DAY_S, updateAge: DAY_S, cookieCache: { enabled: false } },
    rateLimit: {
      enabled: true,
      storage: 'database',
      window: 60,
      max: 1000,
      customRules: { '/sign-in/username': { window: 60, max: 5 }, '/sign-in/email': { window: 60, max: 5 } },
    },
    advanced: {
      cookiePrefix: 'keepercheky',
      disableOriginCheck: false, // said aloud because NODE_ENV=test would switch the check off
      useSecureCookies: false, // `Secure` is added per request, after the protocol that is really used
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
    logger: {
      disableColors: true,
      level: 'warn',
      // No base address is what we want, see above; the reminder would stand in every log.
      log: (level, message) =>
        message.includes('Base URL is not set') ? undefined : settings.log(level, message),
    },
    telemetry: { enabled: false },
    plugins: [
      username({ usernameValidator: isUsername }),
      admin({ ac: control, roles: authRoles, defaultRole: 'readonly', adminRoles: ['admin'] }),
      apiKey({
        defaultPrefix: 'kc_',
        enableSessionForAPIKeys: false,
        rateLimit: { enabled: true, timeWindow: 60_000, maxRequests: 6000 },
      }),
    ],
  });
}

export type Auth = ReturnType<typeof createAuth>;

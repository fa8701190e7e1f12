import {
  accountsApi,
  createAccountsService,
  createAccountStore,
  createAuth,
} from '#features/accounts/server/index.ts';
import type { Platform } from './platform.ts';

export type Accounts = ReturnType<typeof composeAccounts>;

export function composeAccounts({ db, secretKey, log, clock }: Platform) {
  const auth = createAuth(db, {
    secret: secretKey.toString('base64url'),
    log: (level, message) => log[level]({ part: 'accounts' }, message),
  });
  const service = createAccountsService({ auth, store: createAccountStore(db), clock });
  return { service, jobs: [], api: [accountsApi(service)] };
}

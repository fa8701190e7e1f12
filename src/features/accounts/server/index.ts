export { createAuth } from './auth.ts';
export { createAccountStore } from './store.ts';
export { createAccountsService, type AccountsService } from './service.ts';
export type { ApiEnv, Cookie, Visit } from './ports.ts';
export { accountsApi } from './api.ts';

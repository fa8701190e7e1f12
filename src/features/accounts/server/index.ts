export { createAuth } from './auth.ts';
export { createAccountStore } from './store.ts';
export { createAccountsService } from './service.ts';
export type { ApiEnv } from './ports.ts';
export { accountsApi } from './api.ts';

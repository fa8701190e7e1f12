import type { ApiClient } from './client.ts';

/** Two policies as a household would have them: films armed, seasons still a dry run. */
export async function makePolicies(api: ApiClient): Promise<void> {
  void api;
  await Promise.resolve();
}

import type { Result } from '#core/result.ts';
import type { ConnectionTarget, ServiceKind } from '#features/connections/core/connection.ts';
import { createHttp, type Http } from '#server/platform/http.ts';
import { seedHousehold } from '#tools/seed.ts';

/** A small household, made once for a test file; each simulator works on its own copy. */
export const smallHousehold = () =>
  seedHousehold({ films: 40, series: 8, users: 4, now: new Date('2026-11-01T00:00:00Z') });

/** Never waits between attempts. */
export const promptHttp = (): Http => createHttp({ wait: () => Promise.resolve(), timeoutMs: 5000 });

export const targetOf = (
  kind: ServiceKind,
  { url, apiKey }: { url: string; apiKey: string },
): ConnectionTarget => ({
  kind,
  url,
  key: apiKey,
});

/** Everything that came, and how it ended. */
export async function collect<T, E>(batches: AsyncGenerator<readonly T[], Result<void, E>>) {
  const all: T[] = [];
  for (;;) {
    const next = await batches.next();
    if (next.done) return { all, end: next.value };
    all.push(...next.value);
  }
}

/** The value, or a failed test that shows the error. */
export function valueOf<T>(result: Result<T, unknown>): T {
  if (result.ok) return result.value;
  throw new Error(JSON.stringify(result.error));
}

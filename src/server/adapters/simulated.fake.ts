import type { Result } from '#core/result.ts';
import type { ConnectionTarget, ServiceKind } from '#features/connections/core/connection.ts';
import { createHttp, type Http } from '#server/platform/http.ts';
import { seedHousehold } from '#tools/seed.ts';
import { openSpec, type SpecName } from '#tools/simulators/specs.ts';

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

type Logged = { method: string; path: string; query: string; body: string; status: number };

/** The simulators keep only so much of a body. */
const KEPT_OF_A_BODY = 4096;

/** What of the requests that we sent is not as the service's official description has it; empty is good. */
export function requestProblems(name: SpecName, requests: readonly Logged[], urlBase = ''): string[] {
  const spec = openSpec(name);
  return requests
    .filter(
      ({ path, body, status }) => path.startsWith(urlBase) && body.length < KEPT_OF_A_BODY && status < 300,
    )
    .flatMap(({ method, path, query, body }) => {
      const json: unknown = body.startsWith('{') || body.startsWith('[') ? JSON.parse(body) : undefined;
      return (
        spec?.validateRequest(method, path.slice(urlBase.length), new URLSearchParams(query), json) ?? []
      );
    });
}

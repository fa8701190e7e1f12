import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import type { Batches, MediaRequest, RequestServer } from '#features/library/server/ports.ts';
import type { Http } from '#server/platform/http.ts';
import { toRequest } from './mapping.ts';
import { clientFor, readRequests } from './session.ts';

export function createSeerrRequestServer(
  http: Http,
  target: ConnectionTarget,
  now: () => Date = () => new Date(),
): RequestServer {
  const client = clientFor(http, target);
  return { requests: () => requests(readRequests(client), now()) };
}

async function* requests(pages: ReturnType<typeof readRequests>, readAt: Date): Batches<MediaRequest> {
  for (;;) {
    const next = await pages.next();
    if (next.done) return next.value;
    yield next.value.map((request) => toRequest(request, readAt));
  }
}

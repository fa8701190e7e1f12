import { err, ok } from '#core/result.ts';
import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import type { Batches, Play, PlaySource } from '#features/library/server/ports.ts';
import type { Http, HttpClient } from '#server/platform/http.ts';
import { toReadProblem } from '../failures.ts';
import { toPlays } from './mapping.ts';
import { askItem, clientFor, findServer } from './session.ts';

/** There is no list of all plays for a key: it is asked about the titles it is given, one after the other. */
export const createStreamystatsPlays = (http: Http, target: ConnectionTarget): PlaySource => ({
  tells: 'titles',
  plays: ({ titles }) => readPlays(clientFor(http, target), titles),
});

async function* readPlays(client: HttpClient, titles: readonly string[]): Batches<Play> {
  const server = await findServer(client);
  if (!server.ok) return err(toReadProblem(server.error, 'servers'));
  if (server.value === null) return err(notReady);
  for (const title of titles) {
    const details = await askItem(client, server.value, title);
    if (!details.ok) return err(toReadProblem(details.error, 'plays'));
    if (details.value === null) continue;
    if (details.value.item.id.replaceAll('-', '').toLowerCase() !== title)
      return err(toReadProblem({ code: 'call.wrong-identity', what: 'item' }, 'plays'));
    yield toPlays(details.value);
  }
  return ok(undefined);
}

const notReady = { code: 'read.bad-answer', what: 'servers', reason: 'it watches no server yet' } as const;

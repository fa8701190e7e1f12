import { err, ok, type Result } from '#core/result.ts';
import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import type { ReadProblem } from '#features/library/core/source.ts';
import type { CreditServer, ToldCredits } from '#features/library/server/ports.ts';
import type { Http } from '#server/platform/http.ts';
import { toReadProblem } from '../failures.ts';
import type { Dialect } from './dialect.ts';
import { toCredits } from './mapping.ts';
import { creditedItem, pageOf } from './schemas.ts';
import { openMediaServer, type MediaServer } from './session.ts';

/** The server looks the people of each title up by itself: a hundred are a second or two, and on a small machine many more. */
const TIMEOUT_MS = 120_000;

const FIELDS = {
  recursive: true,
  collapseBoxSetItems: false,
  fields: 'People,OriginalTitle',
  enableUserData: false,
  enableImages: false,
};

export function createCreditServer(http: Http, target: ConnectionTarget, dialect: Dialect): CreditServer {
  const server = openMediaServer(http, target, dialect);
  return { credits: (ids) => askCredits(server, ids) };
}

/** T-20: ids that it cannot read leave the question without an end, so they are left out, and so is what was not asked for. */
async function askCredits(
  server: MediaServer,
  mediaExternalIds: readonly string[],
): Promise<Result<ToldCredits[], ReadProblem>> {
  const { isId, toId } = server.dialect;
  const ids = new Set(mediaExternalIds.filter(isId).map(toId));
  if (ids.size === 0) return ok([]);
  const answer = await server.json(
    {
      path: 'Items',
      query: { ...FIELDS, ids: [...ids].join(','), limit: ids.size },
      timeoutMs: TIMEOUT_MS,
    },
    pageOf(creditedItem),
  );
  if (!answer.ok) return err(toReadProblem(answer.error, 'credits'));
  return ok(
    answer.value.Items.flatMap((item) => toCredits(server.dialect, item) ?? []).filter(
      ({ mediaExternalId }) => ids.has(mediaExternalId),
    ),
  );
}

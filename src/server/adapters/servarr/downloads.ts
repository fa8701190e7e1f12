import { z } from 'zod';
import { err, ok, type Result } from '#core/result.ts';
import type { StepProblem } from '#features/cleanup/server/ports.ts';
import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import type { Http } from '#server/platform/http.ts';
import { toStepProblem } from '../failures.ts';
import { openServarr, type Product } from './session.ts';

const record = z.object({ eventType: z.string(), downloadId: z.string().nullish() });
const IMPORTED = 'downloadFolderImported';

/**
 * T-12: the `downloadId` of an import is the hash of the torrent that it came from. Asked before the title is removed,
 * because its history goes with it.
 */
export async function readDownloads(
  http: Http,
  target: ConnectionTarget,
  { externalId, seasonNumber }: { externalId: number; seasonNumber: number | null },
): Promise<Result<readonly string[], StepProblem>> {
  const product: Product = target.kind === 'radarr' ? 'Radarr' : 'Sonarr';
  const call =
    product === 'Radarr'
      ? { path: 'history/movie', query: { movieId: externalId, eventType: IMPORTED } }
      : {
          path: 'history/series',
          query: {
            seriesId: externalId,
            ...(seasonNumber === null ? {} : { seasonNumber }),
            eventType: IMPORTED,
          },
        };
  const rows = await openServarr(http, target, product).json(call, z.array(record));
  if (!rows.ok) return err(toStepProblem(rows.error));
  // By word as well: an unknown query value would bring every event (J-74).
  const ids = rows.value.flatMap(({ eventType, downloadId }) =>
    eventType === IMPORTED && downloadId ? [downloadId.toLowerCase()] : [],
  );
  return ok([...new Set(ids)]);
}

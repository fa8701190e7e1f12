import { z } from 'zod';
import { err, ok, type Result } from '#core/result.ts';
import type { ConnectionTarget, Identity, ProbeProblem } from '#features/connections/core/connection.ts';
import { checkVersion } from '#features/connections/core/version.ts';
import type { Prober } from '#features/connections/server/ports.ts';
import type { Http } from '#server/platform/http.ts';
import { toProbeProblem } from '../failures.ts';
import { libraryItem, pageOf } from './schemas.ts';
import { clientFor, identify } from './session.ts';

const PATIENCE = { timeoutMs: 10_000, retries: 0 };
const withKey = z.object({ Version: z.string() });

export const createJellyfinProber = (http: Http): Prober => ({
  probe: (target) => probe(http, target),

  async sampleFile(target) {
    const client = clientFor(http, target);
    const who = await identify(client, PATIENCE);
    if (!who.ok) return err(toProbeProblem(who.error, 'jellyfin'));
    const query = {
      recursive: true,
      includeItemTypes: 'Movie,Episode',
      isMissing: false,
      fields: 'Path',
      startIndex: 0,
      limit: 20,
    };
    const page = await client.json({ path: 'Items', query }, pageOf(libraryItem));
    if (!page.ok) return err(toProbeProblem(page.error, 'jellyfin'));
    return ok(page.value.Items.find((item) => item.Path)?.Path ?? null);
  },
});

/** The public page tells product and version without a key; the other one proves the key. */
async function probe(http: Http, target: ConnectionTarget): Promise<Result<Identity, ProbeProblem>> {
  const client = clientFor(http, target);
  const info = await identify(client, PATIENCE);
  if (!info.ok) return err(toProbeProblem(info.error, 'jellyfin'));
  const { Version: version, ProductName } = info.value;
  const recent = checkVersion('jellyfin', version);
  if (!recent.ok) return recent;
  if (info.value.StartupWizardCompleted === false) return err({ code: 'probe.not-set-up' });
  const key = await client.json({ ...PATIENCE, path: 'System/Info' }, withKey);
  if (!key.ok) return err(toProbeProblem(key.error, 'jellyfin'));
  return ok({ product: ProductName ?? 'Jellyfin', version, warnings: [] });
}

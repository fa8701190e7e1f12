import { z } from 'zod';
import { err, ok, type Result } from '#core/result.ts';
import type { ConnectionTarget, Identity, ProbeProblem } from '#features/connections/core/connection.ts';
import { checkVersion } from '#features/connections/core/version.ts';
import type { Prober } from '#features/connections/server/ports.ts';
import type { Http } from '#server/platform/http.ts';
import { toProbeProblem } from '../failures.ts';
import type { Dialect } from './dialect.ts';
import { libraryItem, pageOf } from './schemas.ts';
import { openMediaServer, type MediaServer } from './session.ts';

const PATIENCE = { timeoutMs: 10_000, retries: 0 };
const withKey = z.object({ Version: z.string() });

export function createProber(http: Http, dialect: Dialect): Prober {
  const open = (target: ConnectionTarget) => openMediaServer(http, target, dialect);
  return {
    probe: (target) => probe(open(target)),

    async sampleFile(target) {
      const server = open(target);
      const who = await server.identify(PATIENCE);
      if (!who.ok) return err(toProbeProblem(who.error, dialect.kind));
      const query = {
        recursive: true,
        includeItemTypes: 'Movie,Episode',
        isMissing: false,
        fields: 'Path',
        startIndex: 0,
        limit: 20,
      };
      const page = await server.json({ path: 'Items', query }, pageOf(libraryItem));
      if (!page.ok) return err(toProbeProblem(page.error, dialect.kind));
      return ok(page.value.Items.find((item) => item.Path)?.Path ?? null);
    },
  };
}

/** The public page tells product and version without a key; the other one proves the key. */
async function probe({ identify, json, dialect }: MediaServer): Promise<Result<Identity, ProbeProblem>> {
  const info = await identify(PATIENCE);
  if (!info.ok) return err(toProbeProblem(info.error, dialect.kind));
  const { Version: version, ProductName, StartupWizardCompleted } = info.value;
  const recent = checkVersion(dialect.kind, version);
  if (!recent.ok) return recent;
  if (StartupWizardCompleted === false) return err({ code: 'probe.not-set-up' });
  const key = await json({ ...PATIENCE, path: 'System/Info' }, withKey);
  if (!key.ok) return err(toProbeProblem(key.error, dialect.kind));
  return ok({ product: ProductName ?? dialect.product, version, warnings: [] });
}

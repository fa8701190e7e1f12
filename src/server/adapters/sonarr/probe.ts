import { z } from 'zod';
import { err, ok } from '#core/result.ts';
import type { Prober } from '#features/connections/server/ports.ts';
import type { Http } from '#server/platform/http.ts';
import { toProbeProblem } from '../failures.ts';
import { probeServarr } from '../servarr/probe.ts';
import { openServarr, type Servarr } from '../servarr/session.ts';
import { episodeFile, series, type Series } from './schemas.ts';

export const createSonarrProber = (http: Http): Prober => ({
  probe: (target) => probeServarr(openServarr(http, target, 'Sonarr'), 'sonarr'),

  async sampleFile(target) {
    const servarr = openServarr(http, target, 'Sonarr');
    const who = await servarr.ready();
    if (!who.ok) return err(toProbeProblem(who.error, 'sonarr'));
    const found = await firstWithFiles(servarr);
    if (!found.ok) return err(toProbeProblem(found.error, 'sonarr'));
    if (found.value === null) return ok(null);
    const files = await servarr.json(
      { path: 'episodefile', query: { seriesId: found.value } },
      z.array(episodeFile),
    );
    return files.ok ? ok(files.value[0]?.path ?? null) : err(toProbeProblem(files.error, 'sonarr'));
  },
});

const hasFiles = ({ seasons }: Series): boolean =>
  (seasons ?? []).some((one) => (one.statistics?.episodeFileCount ?? 0) > 0);

/** The rest of the list is not read. */
async function firstWithFiles(servarr: Servarr) {
  const lists = servarr.client.elements({ path: 'series', query: { includeSeasonImages: false } }, series);
  try {
    for (;;) {
      const next = await lists.next();
      if (next.done) return next.value.ok ? ok(null) : next.value;
      const found = next.value.find(hasFiles);
      if (found) return ok(found.id);
    }
  } finally {
    await lists.return(ok(undefined));
  }
}

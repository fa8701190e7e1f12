import { err, ok } from '#core/result.ts';
import type { Prober } from '#features/connections/server/ports.ts';
import type { Http } from '#server/platform/http.ts';
import { toProbeProblem } from '../failures.ts';
import { probeServarr } from '../servarr/probe.ts';
import { openServarr } from '../servarr/session.ts';
import { movie } from './schemas.ts';

export const createRadarrProber = (http: Http): Prober => ({
  probe: (target) => probeServarr(openServarr(http, target, 'Radarr'), 'radarr'),

  /** The first film that has a file; the rest of the list is not read. */
  async sampleFile(target) {
    const servarr = openServarr(http, target, 'Radarr');
    const who = await servarr.ready();
    if (!who.ok) return err(toProbeProblem(who.error, 'radarr'));
    const lists = servarr.client.elements({ path: 'movie', query: { excludeLocalCovers: true } }, movie);
    try {
      for (;;) {
        const next = await lists.next();
        if (next.done) return next.value.ok ? ok(null) : err(toProbeProblem(next.value.error, 'radarr'));
        const path = next.value.find(({ movieFile }) => movieFile)?.movieFile?.path;
        if (path !== undefined) return ok(path);
      }
    } finally {
      await lists.return(ok(undefined));
    }
  },
});

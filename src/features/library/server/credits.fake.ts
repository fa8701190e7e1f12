import { err, ok } from '#core/result.ts';
import type { ReadProblem } from '../core/source.ts';
import type { CreditServer, ToldCredits } from './ports.ts';

export const told = (mediaExternalId: string, ...actors: string[]): ToldCredits => ({
  mediaExternalId,
  originalTitle: null,
  credits: actors.map((name) => ({ name, part: 'actor', role: null })),
});

/** A media server in memory. It can be down, or break at single titles whoever else is asked about with them. */
export function fakeCreditServer(entries: readonly ToldCredits[] = []) {
  const world = {
    entries: [...entries],
    problem: null as ReadProblem | null,
    breaksAt: new Set<string>(),
    asked: [] as (readonly string[])[],
  };
  const server: CreditServer = {
    async credits(ids) {
      world.asked.push(ids);
      if (world.problem) return err(world.problem);
      if (ids.some((id) => world.breaksAt.has(id)))
        return err({ code: 'read.server-error', what: 'credits', status: 500 });
      return ok(world.entries.filter(({ mediaExternalId }) => ids.includes(mediaExternalId)));
    },
  };
  return { world, server };
}

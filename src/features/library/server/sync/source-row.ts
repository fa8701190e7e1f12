import type { Result } from '#core/result.ts';
import type { SyncProblem } from '../../core/source.ts';
import type { SourceList } from '../ports.ts';
import type { SourceResult } from '../runs.ports.ts';
import type { SourceRow } from '../store.ports.ts';
import type { Read } from './read-source.ts';

type Listed = Awaited<ReturnType<SourceList>>[number];

const neverRead = { lastSuccessAt: null, count: 0, playing: [], playingReadAt: null, users: [] };

/** `startedAt` is the moment of success: what changed over there while we read belongs to the next sync. */
export function sourceRow(
  { id, kind, name }: Listed,
  old: SourceRow | undefined,
  read: Result<Read, SyncProblem>,
  startedAt: Date,
  endedAt: Date,
): SourceRow {
  const attempt = { connectionId: id, kind, name, lastAttemptAt: startedAt };
  if (read.ok) {
    const { playing, users, count } = read.value;
    return {
      ...attempt,
      lastSuccessAt: startedAt,
      problem: null,
      problemSince: null,
      count,
      playing: playing ?? [],
      playingReadAt: playing ? endedAt : null,
      users: users ?? [],
    };
  }
  return {
    ...neverRead,
    ...old,
    ...attempt,
    problem: read.error,
    problemSince: old?.problemSince ?? startedAt,
  };
}

export const resultOf = (
  { id, kind, name }: Listed,
  old: SourceRow | undefined,
  read: Result<Read, SyncProblem>,
): SourceResult => ({
  connectionId: id,
  kind,
  name,
  problem: read.ok ? null : read.error,
  count: read.ok ? read.value.count : (old?.count ?? 0),
  changes: read.ok ? read.value.changes : { added: 0, changed: 0, removed: 0 },
});

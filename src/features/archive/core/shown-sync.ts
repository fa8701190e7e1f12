import type { SourceProblem } from './source-problem.ts';

/** A sync as pages show it. */
export type ShownSync = {
  id: string;
  startedAt: Date;
  endedAt: Date | null;
  outcome: SyncOutcome;
  counts: { listed: number; fresh: number; changed: number; mediaFound: number };
};

export type SyncOutcome =
  | { is: 'under-way'; creator: string | null }
  | { is: 'done' }
  /** These creators could not be read to the end; everybody else was. */
  | { is: 'partly'; creators: readonly { name: string; problem: SourceProblem }[] }
  /** What was read until then is kept; the next one goes on. */
  | { is: 'stopped'; problem: SourceProblem; creator: string | null }
  /** The program ended in the middle of it; the next one goes on. */
  | { is: 'interrupted' };

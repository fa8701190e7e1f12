import { err, type Result } from '#core/result.ts';
import type { LeavingItem } from '../../core/leaving-soon/leaving-soon.ts';
import type { LinkProblem } from '../../core/leaving-soon/link-problem.ts';
import type { ConnectedLibrary } from '../ports.ts';
import type { LinkSettings, LinkShelf } from './links.ports.ts';

export type LinkTask = {
  shelf: LinkShelf;
  /** Null when the connection is gone or switched off: then nobody can be told. */
  server: ConnectedLibrary | null;
  settings: Pick<LinkSettings, 'names' | 'surfaces'>;
  items: readonly LeavingItem[];
};

/** The shelf as far as it came, whether or not all of it was done. */
export type Step = Result<LinkShelf, { shelf: LinkShelf; problem: LinkProblem }>;

export const failed = (shelf: LinkShelf, problem: LinkProblem): Step => err({ shelf, problem });

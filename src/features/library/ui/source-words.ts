import { m } from '#i18n/messages.js';
import type { SyncProblem } from '../core/source.ts';

const words: Readonly<Record<SyncProblem['code'], () => string>> = {
  'read.timed-out': m.breaker_read_timed_out,
  'read.unreachable': m.breaker_read_unreachable,
  'read.refused': m.breaker_read_refused,
  'read.server-error': m.breaker_read_server,
  'read.bad-answer': m.breaker_read_bad,
  'read.short': m.breaker_read_short,
  'sync.empty': m.item_read_empty,
  'sync.shrunk': m.breaker_read_shrunk,
};

/** Why a service could not be read whole, as the end of a sentence. */
export const syncProblemText = ({ code }: Pick<SyncProblem, 'code'>): string => words[code]();

import type { Result } from '#core/result.ts';
import type { CallFailure } from '../failures.ts';
import type { Servarr } from './session.ts';

/** A task of the service's own. It is taken on, not done, when the answer comes. */
export const sendCommand = (
  servarr: Servarr,
  command: { name: string } & Record<string, unknown>,
): Promise<Result<void, CallFailure>> => servarr.send({ method: 'POST', path: 'command', json: command });

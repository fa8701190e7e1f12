import type { Result } from '#core/result.ts';
import { refuse, type FormState } from '#ui/form.ts';
import type { SendProblem } from '../core/send-problem.ts';
import { refusalErrors, sendErrors } from './words.ts';

/** The state of a form about a channel: beside what was typed, whether a test went out. */
export type ChannelFormState = FormState & { isTested?: boolean };

export function answerTest(
  values: Record<string, string>,
  outcome: Result<Result<void, SendProblem>, { code: string; field?: string; why?: string }>,
): ChannelFormState {
  if (!outcome.ok) return refuse(values, refusalErrors(outcome.error));
  if (!outcome.value.ok) return refuse(values, sendErrors(outcome.value.error));
  return { values, errors: {}, isTested: true };
}

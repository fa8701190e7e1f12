import type { Result } from '#core/result.ts';
import { refuse, type FormState } from '#ui/form.ts';
import type { ModelProblem } from '../core/speech/model.ts';
import { problemErrors } from './words.ts';

type Heard = { ms: number; text: string };

/** The state of the form: beside what was typed, what a test gave. */
export type SpeechFormState = FormState & { heard?: Heard };

type Refusal = { code: string; field: string; why?: string };
type Tested = ({ ok: true } & Heard) | { ok: false; problem: ModelProblem; choices: readonly string[] };

/** An address has a reason of its own. */
export const answerRefusal = (values: Record<string, string>, { code, field, why }: Refusal): FormState =>
  refuse(values, { [field]: why ?? code });

export function answerTest(
  values: Record<string, string>,
  outcome: Result<Tested, Refusal>,
): SpeechFormState {
  if (!outcome.ok) return answerRefusal(values, outcome.error);
  const tested = outcome.value;
  if (!tested.ok) return refuse(values, problemErrors(tested.problem, tested.choices));
  return { values, errors: {}, heard: { ms: tested.ms, text: tested.text } };
}

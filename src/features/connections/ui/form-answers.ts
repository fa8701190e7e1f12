import type { Result } from '#core/result.ts';
import { refuse, type FormState } from '#ui/form.ts';
import type { Identity, ProbeProblem } from '../core/connection.ts';
import { probeErrors, refusalErrors } from './words.ts';

type Refusal = { code: string; field?: string; why?: string };
type Trial = { theirs: string | null; ours: string | null; found: boolean };

export type Tested = { product: string; version: string; why: string | null };
export type PathAnswer = { ok: true; trial: Trial } | { ok: false; problem: ProbeProblem };

/** The state of a form about a service: beside what was typed, what a test found. */
export type ServiceFormState = FormState & {
  tested?: Tested;
  /** The service did not pass its test, but nothing is wrong with what was typed: it may be saved all the same. */
  mayBeSaved?: boolean;
  paths?: PathAnswer;
};

export function answerTest(
  values: Record<string, string>,
  outcome: Result<Result<Identity, ProbeProblem>, Refusal>,
): ServiceFormState {
  if (!outcome.ok) return refuse(values, refusalErrors(outcome.error));
  if (!outcome.value.ok) return { ...refuse(values, probeErrors(outcome.value.error)), mayBeSaved: true };
  const { product, version, warnings } = outcome.value.value;
  return { values, errors: {}, tested: { product, version, why: warnings[0] ?? null } };
}

export function answerPaths(
  values: Record<string, string>,
  outcome: Result<Result<Trial, ProbeProblem>, Refusal>,
): ServiceFormState {
  if (!outcome.ok) return refuse(values, refusalErrors(outcome.error));
  const paths: PathAnswer = outcome.value.ok
    ? { ok: true, trial: outcome.value.value }
    : { ok: false, problem: outcome.value.error };
  return { values, errors: {}, paths };
}

import type { Result } from '#core/result.ts';
import { m } from '#i18n/messages.js';
import type { Flash } from '#ui/flash.ts';
import { refuse, type FormState } from '#ui/form.ts';
import type { ModelProblem } from '../core/model.ts';
import { problemErrors } from './words.ts';

type Heard = { ms: number; text: string };
type Embedded = { ms: number; dimensions: number; prefix: string };

/** The state of a form: beside what was typed, what a test gave, and which of the two forms it is. */
export type SpeechFormState = FormState & { about: 'speech'; heard?: Heard };
export type MeaningFormState = FormState & { about: 'meaning'; embedded?: Embedded };

type Values = Record<string, string>;
type Failed = { problem: ModelProblem; choices: readonly string[] };
type Refusal = { code: string; field: string; why?: string } | ({ code: 'models.no-vectors' } & Failed);
type Tested<T> = ({ ok: true } & T) | ({ ok: false } & Failed);

/** An address has a reason of its own; what a model answers stands beside what can mend it. */
export const answerRefusal = (values: Values, refusal: Refusal): FormState =>
  'problem' in refusal
    ? refuse(values, problemErrors(refusal.problem, refusal.choices))
    : refuse(values, { [refusal.field]: refusal.why ?? refusal.code });

export function answerTest(values: Values, outcome: Result<Tested<Heard>, Refusal>): SpeechFormState {
  const about = 'speech';
  if (!outcome.ok) return { about, ...answerRefusal(values, outcome.error) };
  const tested = outcome.value;
  if (!tested.ok) return { about, ...refuse(values, problemErrors(tested.problem, tested.choices)) };
  return { about, values, errors: {}, heard: { ms: tested.ms, text: tested.text } };
}

export function answerMeaningTest(
  values: Values,
  outcome: Result<Tested<Embedded>, Refusal>,
): MeaningFormState {
  const about = 'meaning';
  if (!outcome.ok) return { about, ...answerRefusal(values, outcome.error) };
  const tested = outcome.value;
  if (!tested.ok) return { about, ...refuse(values, problemErrors(tested.problem, tested.choices)) };
  const { ms, dimensions, prefix } = tested;
  return { about, values, errors: {}, embedded: { ms, dimensions, prefix } };
}

const notListened: Readonly<Record<AgainCode, () => string>> = {
  'enrichment.nothing-to-hear': m.archive_listen_nothing,
  'enrichment.speech-off': m.archive_listen_off,
  'enrichment.has-captions': m.archive_listen_captions,
};
type AgainCode = 'enrichment.nothing-to-hear' | 'enrichment.speech-off' | 'enrichment.has-captions';

/** What became of the wish that a model listens once more. */
export const listenFlash = (asked: Result<void, { code: AgainCode }>): Flash =>
  asked.ok
    ? { tone: 'info', text: m.archive_listen_again() }
    : { tone: 'warning', text: notListened[asked.error.code]() };

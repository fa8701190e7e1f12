import { addressWords } from '#features/connections/ui/words.ts';
import { m } from '#i18n/messages.js';
import type { WordList, Words } from '#ui/form-errors.ts';
import type { FieldError } from '#ui/form.ts';
import type { ModelProblem } from '../core/model.ts';

const text = (value: number | string | undefined): string => String(value ?? '');

/** A code that is missing here does not compile. */
const problemWords: Readonly<Record<ModelProblem['code'], Words>> = {
  'model.host-unknown': ({ host }) => m.send_host_unknown({ host: text(host) }),
  'model.refused': ({ host }) => m.send_refused({ host: text(host) }),
  'model.metadata': ({ host }) => m.probe_metadata({ host: text(host) }),
  'model.certificate-not-trusted': ({ reason }) => m.send_certificate({ reason: text(reason) }),
  'model.timed-out': ({ afterMs = 0 }) => m.send_timed_out({ seconds: Math.round(Number(afterMs) / 1000) }),
  'model.unreachable': ({ reason }) => m.models_problem_unreachable({ reason: text(reason) }),
  'model.redirected': ({ to }) => m.send_redirected({ to: text(to) }),
  'model.key-refused': m.models_problem_key_refused,
  'model.not-found': ({ reason, choices }) =>
    choices === undefined
      ? m.models_problem_not_found({ reason: text(reason) })
      : m.models_problem_choices({ choices: text(choices) }),
  'model.rate-limited': m.models_problem_rate_limited,
  'model.no-credit': m.models_problem_no_credit,
  'model.not-ready': ({ reason }) => m.models_problem_not_ready({ reason: text(reason) }),
  'model.server-error': ({ status }) => m.models_problem_server_error({ status: text(status) }),
  'model.rejected': ({ reason }) => m.models_problem_rejected({ reason: text(reason) }),
  'model.bad-answer': ({ reason }) => m.models_problem_bad_answer({ reason: text(reason) }),
  'model.without-times': m.models_problem_without_times,
  'model.wrong-dimension': ({ wanted, got }) =>
    m.models_problem_dimension({ wanted: text(wanted), got: text(got) }),
  'model.too-large': m.models_problem_too_large,
  'model.off': m.models_problem_off,
  'model.forgotten': m.models_problem_forgotten,
  'model.key-unreadable': m.models_problem_key_unreadable,
};

/** Everything that a form about a model can be refused with. */
export const modelWords: WordList = {
  ...problemWords,
  ...addressWords,
  'models.name-required': m.models_error_name,
  'models.key-required': m.models_error_key_required,
  'models.bad-key': m.models_error_key,
};

/** What a failed test says stands beside the field that can mend it; `''` is the whole form. */
const fieldToMend: Readonly<Record<ModelProblem['code'], string>> = {
  'model.host-unknown': 'url',
  'model.refused': 'url',
  'model.metadata': 'url',
  'model.certificate-not-trusted': 'url',
  'model.timed-out': 'url',
  'model.redirected': 'url',
  'model.bad-answer': 'url',
  'model.key-refused': 'key',
  'model.key-unreadable': 'key',
  'model.not-found': 'model',
  'model.without-times': 'model',
  'model.wrong-dimension': 'model',
  'model.forgotten': 'model',
  'model.no-credit': '',
  'model.not-ready': '',
  'model.off': '',
  'model.unreachable': '',
  'model.rate-limited': '',
  'model.server-error': '',
  'model.rejected': '',
  'model.too-large': '',
};

export function problemErrors(
  { code, ...facts }: ModelProblem,
  choices: readonly string[],
): Record<string, FieldError> {
  const params = Object.fromEntries(
    Object.entries(facts).filter((entry): entry is [string, number | string] => entry[1] !== null),
  );
  const named = choices.length > 0 ? { ...params, choices: choices.join(', ') } : params;
  return { [fieldToMend[code]]: { code, params: named } };
}

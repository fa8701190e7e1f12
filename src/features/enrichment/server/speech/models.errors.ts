import { err, type Result } from '#core/result.ts';
import { problems } from '#server/platform/problem.ts';
import type { ModelInvalid } from '../model-drafts.ts';
import type { AgainProblem } from './speech.service.ts';

const answers = problems({
  'models.bad-address': [400, 'The address cannot be used'],
  'models.name-required': [400, 'Say which model is meant'],
  'models.key-required': [400, 'The saved key was given for another server; give the key of this one'],
  'enrichment.nothing-to-hear': [404, 'There is no such sound or film'],
  'enrichment.speech-off': [409, 'No model listens: turn one on in the settings first'],
  'enrichment.has-captions': [409, 'It has captions, which come first'],
});

export const { orRefuse: orRefuseAgain } = answers satisfies {
  orRefuse: <V>(result: Result<V, AgainProblem>) => V;
};

export const fieldWords = {
  'models.bad-key': 'A key has up to 500 letters, digits and signs, without spaces',
};

const messages: Readonly<Record<ModelInvalid['code'], string>> = {
  'models.bad-address': 'This is no address that can be used',
  'models.name-required': 'Say which model is meant',
  'models.key-required': 'Give the key of this server',
};

/** Goes on with the value, or answers with the problem beside its field. */
export function orRefuse<V>(result: Result<V, ModelInvalid>): V {
  if (result.ok) return result.value;
  const { code, field } = result.error;
  const shown = result.error.code === 'models.bad-address' ? result.error.why : code;
  return answers.orRefuse(err({ code, errors: [{ path: field, code: shown, message: messages[code] }] }));
}

import { err, type Result } from '#core/result.ts';
import { problems } from '#server/platform/problem.ts';
import { problemText } from '../../core/model.ts';
import { orRefuse as orRefuseModel } from '../speech/models.errors.ts';
import type { MeaningRefused } from './meaning.service.ts';

const answers = problems({
  'models.no-vectors': [502, 'The model gave no vectors, so that nothing was saved'],
});

/** Goes on with the value, or answers with the problem beside its field. */
export function orRefuse<V>(result: Result<V, MeaningRefused>): V {
  if (result.ok) return result.value;
  const { error } = result;
  if (error.code !== 'models.no-vectors') return orRefuseModel(err(error));
  const { code, problem, choices } = error;
  return answers.orRefuse(err({ code, detail: problemText(problem), models: choices }));
}

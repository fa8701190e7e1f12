import type { FoundModel } from './folder.ts';
import { problem, type Reply } from './http.ts';

const OTHERWISE = {
  embed: 'listens, and turns no text into vectors',
  listen: 'turns text into vectors, and does not listen',
};

/** The model of this name, when it can do that; else what is said instead. */
export function modelToDo<Does extends FoundModel['does']>(
  does: Does,
  models: readonly FoundModel[],
  name: string,
): Extract<FoundModel, { does: Does }> | Reply {
  const model = models.find((one) => one.name === name);
  const wrong = { code: 'model_not_found', param: 'model' };
  if (!model) return problem(404, `The model '${name}' is not in the folder, or not whole`, wrong);
  if (isFor(model, does)) return model;
  return problem(404, `The model '${name}' ${OTHERWISE[does]}`, wrong);
}

const isFor = <Does extends FoundModel['does']>(
  model: FoundModel,
  does: Does,
): model is Extract<FoundModel, { does: Does }> => model.does === does;

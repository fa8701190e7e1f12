import { prefixesOf, type Prefixes } from './prefixes.ts';

/** A model that turns text into vectors, at an address that speaks as OpenAI does. */
export type MeaningModel = {
  isOn: boolean;
  /** With its base path, without a slash at the end. Empty while none was given. */
  url: string;
  model: string;
  /** Null: as the name of the model says. */
  queryPrefix: string | null;
  passagePrefix: string | null;
};

/** As pages and the API show it; the key never leaves the server. */
export type ShownMeaningModel = MeaningModel & {
  hasKey: boolean;
  /** Those that are used, given or by the name. */
  prefixes: Prefixes;
  /** Of its vectors; null until it was turned on once. */
  dimensions: number | null;
};

export const noMeaningModel: MeaningModel = {
  isOn: false,
  url: '',
  model: '',
  queryPrefix: null,
  passagePrefix: null,
};

export function prefixesUsed({
  model,
  queryPrefix,
  passagePrefix,
}: Pick<MeaningModel, 'model' | 'queryPrefix' | 'passagePrefix'>): Prefixes {
  const { query, passage } = prefixesOf(model);
  return { query: queryPrefix ?? query, passage: passagePrefix ?? passage };
}

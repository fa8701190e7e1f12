import { fieldsOf, json, type Call, type Reply } from '../http.ts';
import { learnMeaning, type Meaning } from './meaning.ts';
import { problem } from './problem.ts';
import { seedSayings } from './sayings.ts';

export type EmbedLimits = {
  /** Texts in one request. */
  texts: number;
  /** Words of one text; a real one counts tokens. */
  words: number;
  /** TEI says 413, OpenAI 400. */
  status: 400 | 413;
};

export const usualLimits: EmbedLimits = { texts: 2048, words: 380, status: 400 };

/** The stand-in for a model is learnt once, when the first text comes: it takes a moment. */
let learnt: Meaning | undefined;
export const seedMeaning = (): Meaning => (learnt ??= learnMeaning(seedSayings()));

type Options = { models: readonly string[]; limits: EmbedLimits };

export function createEmbeddings({ models, limits }: Options) {
  const wordsIn = (text: string): number => text.split(/\s+/).length;

  function refusal(model: unknown, texts: readonly string[] | null): Reply | null {
    if (typeof model !== 'string' || !models.includes(model))
      return problem(404, `The model '${String(model)}' does not exist`, 'model_not_found');
    if (!texts || texts.length === 0 || texts.includes(''))
      return problem(400, "'$.input' is invalid. Please check the API reference.");
    if (texts.length > limits.texts)
      return problem(limits.status, `batch size ${texts.length} > maximum allowed ${limits.texts}`);
    const long = texts.find((text) => wordsIn(text) > limits.words);
    return long === undefined
      ? null
      : problem(limits.status, `maximum length is ${limits.words}, given: ${wordsIn(long)}`);
  }

  return function embed(call: Call): Reply {
    const { model, input, encoding_format: format } = fieldsOf(call);
    const texts = textsOf(input);
    const refused = refusal(model, texts);
    if (refused || !texts) return refused ?? problem(400, 'input is required');
    const vectors = texts.map((text) => seedMeaning()(text.replace(PREFIX, '')));
    const tokens = texts.reduce((sum, text) => sum + wordsIn(text), 0);
    return json(200, {
      object: 'list',
      model,
      data: vectors.map((vector, index) => ({
        object: 'embedding',
        index,
        embedding: coded(vector, format),
      })),
      usage: { prompt_tokens: tokens, total_tokens: tokens },
    });
  };
}

/** What E5 is told to expect before a text; it is no part of what the text says. */
const PREFIX = /^(query|passage): /;

function textsOf(input: unknown): readonly string[] | null {
  if (typeof input === 'string') return [input];
  const isTexts = Array.isArray(input) && input.every((one): one is string => typeof one === 'string');
  return isTexts ? input : null;
}

/** The package of OpenAI asks for base64 unless it is told otherwise. */
const coded = (vector: Float32Array, format: unknown): string | number[] =>
  format === 'base64'
    ? Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64')
    : [...vector];

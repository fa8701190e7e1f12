import type { Engine } from './engine.ts';
import type { FoundModel } from './folder.ts';
import { json, problem, type Reply } from './http.ts';
import { modelToDo } from './model-to-do.ts';

const MOST_TEXTS = 64;
export const MOST_BYTES_OF_TEXT = 4 * 1024 * 1024;

type Wish = { model: string; texts: readonly string[]; isBase64: boolean };

type Context = { models: readonly FoundModel[]; engine: Engine; signal: AbortSignal };

/** `/v1/embeddings`, as OpenAI has it. */
export async function embed(body: Buffer, { models, engine, signal }: Context): Promise<Reply> {
  const wish = readWish(body.toString('utf8'));
  if ('status' in wish) return wish;
  const model = modelToDo('embed', models, wish.model);
  if ('status' in model) return model;
  const vectors = await engine.embed(model, wish.texts, signal);
  const data = vectors.map((vector, index) => ({
    object: 'embedding',
    index,
    embedding: wish.isBase64 ? base64Of(vector) : [...vector],
  }));
  return json(200, { object: 'list', model: model.name, data, usage: NOT_COUNTED });
}

const NOT_COUNTED = { prompt_tokens: 0, total_tokens: 0 };

function readWish(body: string): Wish | Reply {
  const { model, input, encoding_format: format } = fieldsOf(body);
  const texts = typeof input === 'string' ? [input] : input;
  if (typeof model !== 'string') return problem(400, 'model is required', { param: 'model' });
  if (!Array.isArray(texts) || texts.length === 0 || !texts.every((one) => typeof one === 'string'))
    return problem(400, 'input has to be a text or a list of texts', { param: 'input' });
  if (texts.length > MOST_TEXTS)
    return problem(413, `batch size ${texts.length} > maximum allowed ${MOST_TEXTS}`, { param: 'input' });
  return { model, texts, isBase64: format === 'base64' };
}

function fieldsOf(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

const base64Of = (vector: Float32Array): string =>
  Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64');

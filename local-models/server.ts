import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { timingSafeEqual } from 'node:crypto';
import type { Engine } from './engine.ts';
import { modelsIn } from './folder.ts';

export type ServerOptions = {
  folder: string;
  key: string | null;
  engine: Engine;
  /** Why a model gave nothing; whoever asked is told too. */
  report: (text: string) => void;
};

const MOST_TEXTS = 64;
const MOST_BYTES = 4 * 1024 * 1024;

type Reply = { status: number; body: unknown };
type Wish = { model: string; texts: readonly string[]; isBase64: boolean };

const problem = (status: number, message: string, code: string | null = null): Reply => ({
  status,
  body: { error: { message, type: 'invalid_request_error', param: null, code } },
});

/** `/v1/models` and `/v1/embeddings`, as OpenAI has them. */
export function createModelServer({ folder, key, engine, report }: ServerOptions): Server {
  async function embed(wish: Wish, signal: AbortSignal): Promise<Reply> {
    const model = (await modelsIn(folder)).find(({ name }) => name === wish.model);
    if (!model)
      return problem(404, `The model '${wish.model}' is not in the folder, or not whole`, 'model_not_found');
    const vectors = await engine.embed(model, wish.texts, signal);
    const data = vectors.map((vector, index) => ({
      object: 'embedding',
      index,
      embedding: wish.isBase64 ? base64Of(vector) : [...vector],
    }));
    return { status: 200, body: { object: 'list', model: model.name, data, usage: NOT_COUNTED } };
  }

  async function answer(request: IncomingMessage, signal: AbortSignal): Promise<Reply> {
    if (key !== null && !isSame(request.headers.authorization ?? '', `Bearer ${key}`))
      return problem(401, 'Incorrect API key provided', 'invalid_api_key');
    const asked = `${request.method ?? ''} ${request.url ?? ''}`;
    if (asked === 'GET /v1/models') {
      const data = (await modelsIn(folder)).map(({ name }) => ({
        id: name,
        object: 'model',
        owned_by: 'local',
      }));
      return { status: 200, body: { object: 'list', data } };
    }
    if (asked !== 'POST /v1/embeddings') return problem(404, `Invalid URL (${asked})`);
    const body = await bodyOf(request);
    if (body === null) return problem(413, `A request has at most ${MOST_BYTES} bytes`);
    const wish = readWish(body);
    return 'status' in wish ? wish : embed(wish, signal);
  }

  return createServer((request, response) => {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    answer(request, gone.signal)
      .catch((error: unknown) => {
        const text = error instanceof Error ? error.message : String(error);
        if (!gone.signal.aborted) report(text);
        return problem(500, text);
      })
      .then((reply) => send(response, reply))
      .catch(() => response.destroy());
  });
}

const NOT_COUNTED = { prompt_tokens: 0, total_tokens: 0 };

function readWish(body: string): Wish | Reply {
  const { model, input, encoding_format: format } = fieldsOf(body);
  const texts = typeof input === 'string' ? [input] : input;
  if (typeof model !== 'string') return problem(400, 'model is required');
  if (!Array.isArray(texts) || texts.length === 0 || !texts.every((text) => typeof text === 'string'))
    return problem(400, 'input has to be a text or a list of texts');
  if (texts.length > MOST_TEXTS)
    return problem(413, `batch size ${texts.length} > maximum allowed ${MOST_TEXTS}`);
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

async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > MOST_BYTES) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function send(response: ServerResponse, { status, body }: Reply): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

const base64Of = (vector: Float32Array): string =>
  Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64');

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

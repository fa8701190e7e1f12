import { createServer, type IncomingMessage, type Server } from 'node:http';
import { timingSafeEqual } from 'node:crypto';
import { embed, MOST_BYTES_OF_TEXT } from './embeddings.ts';
import type { Engine } from './engine.ts';
import { modelsIn } from './folder.ts';
import { bodyOf, json, problem, send, type Reply } from './http.ts';
import { MOST_BYTES_OF_SOUND, transcribe } from './transcriptions.ts';

export type ServerOptions = {
  folder: string;
  key: string | null;
  engine: Engine;
  /** Why a model gave nothing; whoever asked is told too. */
  report: (text: string) => void;
};

const SOUND = '/v1/audio/transcriptions';
const TEXT = '/v1/embeddings';

/** `/v1/models`, `/v1/embeddings` and `/v1/audio/transcriptions`, as OpenAI has them. */
export function createModelServer({ folder, key, engine, report }: ServerOptions): Server {
  async function list(): Promise<Reply> {
    const data = (await modelsIn(folder)).map(({ name }) => ({
      id: name,
      object: 'model',
      owned_by: 'local',
    }));
    return json(200, { object: 'list', data });
  }

  async function work(request: IncomingMessage, signal: AbortSignal): Promise<Reply> {
    const isOfSound = request.url === SOUND;
    const mostBytes = isOfSound ? MOST_BYTES_OF_SOUND : MOST_BYTES_OF_TEXT;
    const body = await bodyOf(request, mostBytes);
    if (body === null)
      return problem(413, `A request has at most ${mostBytes} bytes`, { code: 'request_too_large' });
    const context = { models: await modelsIn(folder), engine, signal };
    if (!isOfSound) return embed(body, context);
    return transcribe({ body, type: request.headers['content-type'] ?? '' }, context);
  }

  function answer(request: IncomingMessage, signal: AbortSignal): Promise<Reply> | Reply {
    const { method = '', url = '', headers } = request;
    if (key !== null && !isSame(headers.authorization ?? '', `Bearer ${key}`))
      return problem(401, 'Incorrect API key provided', { code: 'invalid_api_key' });
    if (method === 'GET' && url === '/v1/models') return list();
    if (method === 'POST' && (url === SOUND || url === TEXT)) return work(request, signal);
    return problem(404, `Invalid URL (${method} ${url})`);
  }

  return createServer((request, response) => {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    Promise.try(answer, request, gone.signal)
      .catch((error: unknown) => {
        const text = error instanceof Error ? error.message : String(error);
        if (!gone.signal.aborted) report(text);
        return problem(500, text);
      })
      .then((reply) => send(response, reply))
      .catch(() => response.destroy());
  });
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

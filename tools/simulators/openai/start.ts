/**
 * A server that speaks as OpenAI's does: `/v1/models`, `/v1/audio/transcriptions` and `/v1/embeddings`. It knows again what
 * the seed says, whatever codec it comes in and wherever it was cut; ffmpeg and espeak-ng are needed for that. What its
 * vectors mean is told in meaning.ts.
 */
import { json, type Call, type Reply } from '../http.ts';
import { serve, type Listening } from '../serve.ts';
import type { FaultKind } from '../faults.ts';
import { createEmbeddings, usualLimits, type EmbedLimits } from './embed.ts';
import { createListener } from './listen.ts';
import { problem } from './problem.ts';
import { hello, type RecordingSource } from './recordings.ts';
import { written } from './written.ts';

export type OpenaiOptions = {
  port?: number;
  host?: string;
  apiKey?: string;
  models?: readonly string[];
  /** The models that embed, and what they take. */
  embeds?: readonly string[];
  limits?: Partial<EmbedLimits>;
  /** What it knows beside the word that an address is tried out with. */
  recordings?: readonly RecordingSource[];
  /** A newer model, which gives words without their times. */
  tellsTimes?: boolean;
};

export type OpenaiSimulator = Listening & { apiKey: string; model: string; embeds: string };

const MOST_BYTES = 25 * 1024 * 1024;

export async function startOpenai(options: OpenaiOptions = {}): Promise<OpenaiSimulator> {
  const { apiKey = 'sk-simulated-0123456789abcdef', models = ['whisper-1'], tellsTimes = true } = options;
  const { embeds = ['multilingual-e5-small'], limits = {} } = options;
  const embed = createEmbeddings({ models: embeds, limits: { ...usualLimits, ...limits } });
  const listen = createListener([hello, ...(options.recordings ?? [])]);

  async function transcribe(call: Call): Promise<Reply> {
    if (call.body.length > MOST_BYTES)
      return problem(413, `Maximum content size limit (${MOST_BYTES}) exceeded`);
    const form = await formOf(call);
    const [file, model] = [form?.get('file'), form?.get('model')];
    if (typeof file !== 'object' || file === null || typeof model !== 'string')
      return problem(400, 'file and model are required');
    if (!models.includes(model))
      return problem(404, `The model '${model}' does not exist`, 'model_not_found');
    const understood = await listen(Buffer.from(await file.arrayBuffer())).catch(() => null);
    if (!understood)
      return problem(400, 'The audio file could not be decoded or its format is not supported.');
    return written(understood, tellsTimes ? form?.get('response_format') : 'json');
  }

  function reply(call: Call): Reply | Promise<Reply> {
    if (call.headers.authorization !== `Bearer ${apiKey}`)
      return problem(401, 'Incorrect API key provided.', 'invalid_api_key');
    const asked = `${call.method} ${call.path}`;
    if (asked === 'GET /v1/models')
      return json(200, {
        object: 'list',
        data: [...models, ...embeds].map((id) => ({ id, object: 'model', owned_by: 'sim' })),
      });
    if (asked === 'POST /v1/audio/transcriptions') return transcribe(call);
    if (asked === 'POST /v1/embeddings') return embed(call);
    return problem(404, `Invalid URL (${asked})`);
  }

  const listening = await serve({
    answer: reply,
    port: options.port,
    host: options.host,
    faultReply: ({ kind }) => ownFaults[kind],
  });
  return { ...listening, apiKey, model: models[0] ?? '', embeds: embeds[0] ?? '' };
}

const ownFaults: Partial<Record<FaultKind, Reply>> = {
  'no-credit': problem(429, 'You exceeded your current quota, please check your plan.', 'insufficient_quota'),
  'no-number': problem(500, 'failed to encode response: json: unsupported value: NaN'),
  loading: json(503, { error: { code: 503, message: 'Loading model', type: 'unavailable_error' } }),
};

async function formOf({ body, headers }: Call): Promise<FormData | null> {
  const type = headers['content-type'] ?? '';
  const read = new Response(new Uint8Array(body), { headers: { 'content-type': type } });
  return read.formData().catch(() => null);
}

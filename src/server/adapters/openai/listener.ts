import { err } from '#core/result.ts';
import type { Listener, Sound } from '#features/enrichment/server/ports.ts';
import type { Http } from '#server/platform/http.ts';
import { toHeard, toModelProblem } from './mapping.ts';
import { transcription } from './schemas.ts';
import { listModels, targetOf } from './server.ts';

/** What OpenAI takes in one request, and most others too. */
const MOST_BYTES = 25 * 1024 * 1024;
/** Ten minutes of sound on a small computer without a graphics card, three times slower than it is spoken. */
const HEAR_MS = 30 * 60_000;

/**
 * Any server that speaks as OpenAI does: OpenAI itself, Speaches, LocalAI, whisper.cpp. `verbose_json` is asked for by
 * name, because nothing else says when something is said.
 */
export const createListener = (http: Http): Listener => ({
  async hear({ model, ...target }, sound, signal) {
    const { byteLength: sizeBytes } = sound.bytes;
    if (sizeBytes > MOST_BYTES) return err({ code: 'model.too-large', sizeBytes, limitBytes: MOST_BYTES });
    const bytes = await encode(formOf(model, sound));
    const answer = await http.at(targetOf(target)).json(
      {
        method: 'POST',
        path: 'audio/transcriptions',
        bytes,
        timeoutMs: HEAR_MS,
        ...(signal ? { signal } : {}),
      },
      transcription,
    );
    if (answer.ok) return toHeard(answer.value);
    if (signal?.aborted) throw new Error('Listening was stopped');
    return err(toModelProblem(answer.error));
  },

  models: (target) => listModels(http, target),
});

function formOf(model: string, { bytes, mimeType, fileName }: Sound): FormData {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(bytes)], { type: mimeType }), fileName);
  form.set('model', model);
  form.set('response_format', 'verbose_json');
  form.set('temperature', '0');
  form.append('timestamp_granularities[]', 'segment');
  return form;
}

async function encode(form: FormData) {
  const encoded = new Response(form);
  const contentType = encoded.headers.get('content-type') ?? '';
  return { contentType, body: new Uint8Array(await encoded.arrayBuffer()) };
}

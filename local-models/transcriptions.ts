import type { Engine } from './engine.ts';
import type { FoundModel, ListeningModel } from './folder.ts';
import type { Wishes } from './hear-sound.ts';
import { problem, type Reply } from './http.ts';
import { codeIn } from './languages.ts';
import { modelToDo } from './model-to-do.ts';
import { withSound, type SoundProblem } from './sound.ts';
import { isFormat, written, type Format } from './written.ts';

/** As OpenAI has it, and somewhat more for the form around it. */
export const MOST_BYTES_OF_SOUND = 25 * 1024 * 1024 + 64 * 1024;

type Wish = { model: ListeningModel; bytes: Uint8Array; format: Format } & Wishes;

type Context = { models: readonly FoundModel[]; engine: Engine; signal: AbortSignal };

/** `/v1/audio/transcriptions`, as OpenAI has it for `whisper-1`. */
export async function transcribe(
  { body, type }: { body: Buffer; type: string },
  { models, engine, signal }: Context,
): Promise<Reply> {
  const form = await formOf(body, type);
  if (!form) return problem(400, 'The request has to be a form of the type multipart/form-data');
  const wish = await readWish(form, models);
  if ('status' in wish) return wish;
  const { model, bytes, format, ...wishes } = wish;
  const heard = await withSound(bytes, signal, async (sound) => {
    const { language, segments } = await engine.hear(model, sound, wishes, signal);
    const spoken = model.languages ? language : 'en';
    return written({ language: spoken, segments, durationS: sound.durationS }, format);
  });
  return heard.ok ? heard.value : refusal(heard.error);
}

async function readWish(form: FormData, models: readonly FoundModel[]): Promise<Wish | Reply> {
  const [file, name] = [form.get('file'), textIn(form, 'model')];
  if (!(file instanceof Blob)) return problem(400, 'file is required', { param: 'file' });
  if (name === '') return problem(400, 'model is required', { param: 'model' });
  const model = modelToDo('listen', models, name);
  if ('status' in model) return model;
  const language = languageIn(form, model);
  if (typeof language === 'object' && language !== null) return language;
  const format = textIn(form, 'response_format') || 'json';
  if (!isFormat(format)) return problem(400, `There is no format '${format}'`, { param: 'response_format' });
  if (form.getAll('timestamp_granularities[]').includes('word'))
    return problem(400, 'This server tells the times of segments, not of words', {
      param: 'timestamp_granularities',
    });
  const bytes = new Uint8Array(await file.arrayBuffer());
  return { model, bytes, format, language, prompt: textIn(form, 'prompt') };
}

/** Null when it is to be found out. */
function languageIn(form: FormData, { name, languages }: ListeningModel): string | null | Reply {
  const told = textIn(form, 'language');
  if (told === '') return null;
  const code = codeIn(languages ?? ['en'], told);
  if (code === null)
    return problem(400, `'${name}' does not know the language '${told}'`, { param: 'language' });
  return languages ? code : null;
}

function textIn(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

const formOf = (body: Buffer, type: string): Promise<FormData | null> =>
  new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData().catch(() => null);

function refusal(found: SoundProblem): Reply {
  switch (found.code) {
    case 'sound.no-ffmpeg':
      return problem(503, 'There is no ffmpeg beside this server, so it cannot open sound', {
        code: 'ffmpeg_missing',
      });
    case 'sound.not-readable':
      return problem(
        400,
        `The audio file could not be decoded or its format is not supported: ${found.reason}`,
        {
          code: 'audio_not_readable',
          param: 'file',
        },
      );
    case 'sound.none':
      return problem(400, 'There is no sound in this file', { code: 'audio_missing', param: 'file' });
    case 'sound.too-long':
      return problem(413, `More than ${found.mostS / 3600} hours of sound are too much for one request`, {
        code: 'audio_too_long',
        param: 'file',
      });
  }
}

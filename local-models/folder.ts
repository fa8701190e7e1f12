import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** 8 bits take a quarter of the memory, so they are taken when they are there. */
export type Precision = 'q8' | 'fp32';

/** How the vectors of the tokens become one: most models take the mean, BGE the first of them. */
export type Pooling = 'mean' | 'cls';

type Found = {
  /** As it is asked for: its folder below the folder of models, such as `intfloat/multilingual-e5-small`. */
  name: string;
  path: string;
};

export type EmbeddingModel = Found & { does: 'embed'; dtype: Precision; pooling: Pooling };

export type ListeningModel = Found & {
  does: 'listen';
  /** Each half by itself: many keep the first whole and take 8 bits for the second. */
  dtype: { encoder_model: Precision; decoder_model_merged: Precision };
  /** Whisper's codes of the languages that it tells apart; null for a model of English alone. */
  languages: readonly string[] | null;
};

export type FoundModel = EmbeddingModel | ListeningModel;

/** The runtime says "cannot read properties of null" when one of these is not there. */
const NEEDED = ['config.json', 'tokenizer.json', 'tokenizer_config.json'];
const NEEDED_TO_LISTEN = ['generation_config.json', 'preprocessor_config.json'];

/** Every whole model in a folder, one or two levels deep, by name. */
export async function modelsIn(folder: string): Promise<readonly FoundModel[]> {
  const found: FoundModel[] = [];
  for (const name of await foldersIn(folder)) {
    const names = [name, ...(await foldersIn(join(folder, name))).map((below) => `${name}/${below}`)];
    for (const one of names) {
      const model = await modelAt(folder, one);
      if (model) found.push(model);
    }
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function modelAt(folder: string, name: string): Promise<FoundModel | null> {
  const path = join(folder, name);
  if (!(await hasAll(path, NEEDED))) return null;
  const { model_type: type } = await fieldsIn(path, 'config.json');
  return type === 'whisper' ? listenerAt({ name, path }) : embedderAt({ name, path });
}

async function embedderAt(found: Found): Promise<EmbeddingModel | null> {
  const dtype = await precisionOf(found.path, 'model');
  return dtype && { ...found, does: 'embed', dtype, pooling: await poolingOf(found.path) };
}

async function listenerAt(found: Found): Promise<ListeningModel | null> {
  const encoder = await precisionOf(found.path, 'encoder_model');
  const decoder = await precisionOf(found.path, 'decoder_model_merged');
  if (!encoder || !decoder || !(await hasAll(found.path, NEEDED_TO_LISTEN))) return null;
  const { lang_to_id: ids } = await fieldsIn(found.path, 'generation_config.json');
  const languages = typeof ids === 'object' && ids !== null ? Object.keys(ids) : null;
  return {
    ...found,
    does: 'listen',
    dtype: { encoder_model: encoder, decoder_model_merged: decoder },
    languages: languages?.map((mark) => mark.replaceAll(/[<|>]/g, '')) ?? null,
  };
}

async function precisionOf(path: string, weights: string): Promise<Precision | null> {
  if (await isFile(join(path, 'onnx', `${weights}_quantized.onnx`))) return 'q8';
  return (await isFile(join(path, 'onnx', `${weights}.onnx`))) ? 'fp32' : null;
}

/** As the makers of most models say it, in a file that many leave behind when they copy one. */
async function poolingOf(path: string): Promise<Pooling> {
  const { pooling_mode_cls_token: isCls } = await fieldsIn(path, join('1_Pooling', 'config.json'));
  return isCls === true ? 'cls' : 'mean';
}

/** None for what is not there or not readable. */
async function fieldsIn(path: string, file: string): Promise<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(await readFile(join(path, file), 'utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

async function hasAll(path: string, files: readonly string[]): Promise<boolean> {
  for (const file of files) if (!(await isFile(join(path, file)))) return false;
  return true;
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

async function foldersIn(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory() || entry.isSymbolicLink()).map(({ name }) => name);
}

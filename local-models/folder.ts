import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** How the vectors of the tokens become one: most models take the mean, BGE the first of them. */
export type Pooling = 'mean' | 'cls';

export type FoundModel = {
  /** As it is asked for: its folder below the folder of models, such as `intfloat/multilingual-e5-small`. */
  name: string;
  path: string;
  /** 8 bits take a quarter of the memory, so they are taken when they are there. */
  dtype: 'q8' | 'fp32';
  pooling: Pooling;
};

/** The runtime says "cannot read properties of null" when one of these is not there. */
const NEEDED = ['config.json', 'tokenizer.json', 'tokenizer_config.json'];
const WEIGHTS = { q8: 'onnx/model_quantized.onnx', fp32: 'onnx/model.onnx' } as const;

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
  for (const file of NEEDED) if (!(await isFile(join(path, file)))) return null;
  for (const dtype of ['q8', 'fp32'] as const)
    if (await isFile(join(path, WEIGHTS[dtype])))
      return { name, path, dtype, pooling: await poolingOf(path) };
  return null;
}

/** As the makers of most models say it, in a file that many leave behind when they copy one. */
async function poolingOf(path: string): Promise<Pooling> {
  const text = await readFile(join(path, '1_Pooling', 'config.json'), 'utf8').catch(() => '');
  return /"pooling_mode_cls_token"\s*:\s*true/.test(text) ? 'cls' : 'mean';
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

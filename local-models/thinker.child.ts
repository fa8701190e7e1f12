/** Has one model in memory and thinks about one text at a time: `node thinker.child.ts <threads>`. */
import type { FoundModel } from './folder.ts';
import type { Answer, Task } from './thinker.ts';

type Tensor = { data: ArrayLike<number> };
type Extractor = (texts: string[], options: { pooling: string; normalize: boolean }) => Promise<Tensor>;
type Runtime = {
  env: { allowRemoteModels: boolean; allowLocalModels: boolean; useFSCache: boolean };
  pipeline: (task: string, model: string, options: object) => Promise<Extractor>;
};

// By a name that no compiler follows: the package is installed only where somebody wants it.
const RUNTIME: string = '@huggingface/transformers';

const threads = Number(process.argv[2]);
let loaded: { path: string; extract: Extractor } | null = null;

async function load({ path, dtype }: FoundModel): Promise<Extractor> {
  if (loaded?.path === path) return loaded.extract;
  const { env, pipeline } = (await import(RUNTIME)) as Runtime;
  Object.assign(env, { allowRemoteModels: false, allowLocalModels: true, useFSCache: false });
  const extract = await pipeline('feature-extraction', path, {
    dtype,
    local_files_only: true,
    session_options: {
      intraOpNumThreads: threads,
      // Waiting threads that spin take the processor from everything else: 273 ms instead of 85 for 128 tokens on two cores.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    },
  });
  loaded = { path, extract };
  return extract;
}

async function embed({ model, text }: Task): Promise<Answer> {
  try {
    const extract = await load(model);
    const { data } = await extract([text], { pooling: model.pooling, normalize: true });
    return { is: 'embedded', vector: Float32Array.from(data) };
  } catch (problem) {
    return { is: 'failed', reason: problem instanceof Error ? problem.message : String(problem) };
  }
}

process.on('message', (task: Task) => void embed(task).then((answer) => process.send?.(answer)));
process.on('disconnect', () => process.exit(0));

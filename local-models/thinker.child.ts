/** Has a model of each kind in memory and thinks about one thing at a time: `node thinker.child.ts <threads>`. */
import type { EmbeddingModel, ListeningModel } from './folder.ts';
import { hearWindow } from './hear-window.ts';
import { load, openRuntime, type Extractor, type Recogniser } from './runtime.ts';
import type { Answer, Task } from './thinker.ts';
import { openWhisper } from './whisper.ts';

const threads = Number(process.argv[2]);

type Opened<T> = { use: T; dispose: () => Promise<unknown> };

/** Keeps what was opened last; another takes its place. */
function keeping<Model extends { path: string }, T>(open: (model: Model) => Promise<Opened<T>>) {
  let kept: (Opened<T> & { path: string }) | null = null;
  return async (model: Model): Promise<T> => {
    if (kept?.path === model.path) return kept.use;
    const before = kept;
    kept = null;
    await before?.dispose();
    kept = { path: model.path, ...(await open(model)) };
    return kept.use;
  };
}

const embedderOf = keeping(async (model: EmbeddingModel) => {
  const use = await load<Extractor>(await openRuntime(), model, threads);
  return { use, dispose: () => use.dispose() };
});
const whisperOf = keeping(async (model: ListeningModel) => {
  const runtime = await openRuntime();
  const recogniser = await load<Recogniser>(runtime, model, threads);
  return { use: openWhisper(runtime, recogniser), dispose: () => recogniser.dispose() };
});

async function think(task: Task): Promise<Answer> {
  if (task.is === 'hear')
    return { is: 'heard', heard: await hearWindow(await whisperOf(task.model), task.window) };
  const extract = await embedderOf(task.model);
  const { data } = await extract([task.text], { pooling: task.model.pooling, normalize: true });
  return { is: 'embedded', vector: Float32Array.from(data) };
}

const failed = (problem: unknown): Answer => ({
  is: 'failed',
  reason: problem instanceof Error ? problem.message : String(problem),
});

process.on('message', (task: Task) => {
  void think(task)
    .catch(failed)
    .then((answer) => process.send?.(answer));
});
process.on('disconnect', () => process.exit(0));

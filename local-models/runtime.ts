/** The part of `@huggingface/transformers` that is used here, which is installed only where somebody wants it. */
import type { FoundModel } from './folder.ts';

export type Tensor = { data: ArrayLike<number>; tolist: () => bigint[][] };

/** Gives its memory back at once, and not when the collector comes by. */
type Disposable = { dispose: () => Promise<unknown> };

export type Extractor = Disposable &
  ((texts: string[], options: { pooling: string; normalize: boolean }) => Promise<Tensor>);

/** Changes what a model thinks of each next token, in place. */
export type Processor = (ids: bigint[][], logits: readonly { data: Float32Array }[]) => unknown;

export type WhisperConfig = {
  decoder_start_token_id: number;
  eos_token_id: number | readonly number[];
  no_timestamps_token_id: number;
  lang_to_id?: Record<string, number> | null;
  task_to_id?: Record<string, number> | null;
  suppress_tokens?: readonly number[] | null;
};

type Encoder = { run: (feeds: { input_features: unknown }) => Promise<{ last_hidden_state: unknown }> };

export type Recogniser = Disposable & {
  processor: (samples: Float32Array) => Promise<{ input_features: { ort_tensor: unknown } }>;
  tokenizer: {
    encode: (text: string, options: { add_special_tokens: boolean }) => number[];
    decode: (tokens: readonly number[], options: { skip_special_tokens: boolean }) => string;
  };
  model: {
    config: { max_target_positions?: number };
    generation_config: WhisperConfig;
    sessions: { model: Encoder };
    forward_params: string[];
    forward: (inputs: object) => Promise<{ logits: Tensor }>;
    generate: (inputs: object) => Promise<Tensor>;
  };
};

export type Runtime = {
  env: { allowRemoteModels: boolean; allowLocalModels: boolean; useFSCache: boolean };
  pipeline: (task: string, model: string, options: object) => Promise<unknown>;
  Tensor: new (...values: unknown[]) => Tensor;
  LogitsProcessorList: new () => { push: (processor: unknown) => void };
  WhisperTimeStampLogitsProcessor: new (config: WhisperConfig, begin: readonly number[]) => Processor;
};

// By a name that no compiler follows.
const PACKAGE: string = '@huggingface/transformers';

export async function openRuntime(): Promise<Runtime> {
  const runtime = (await import(PACKAGE)) as Runtime;
  Object.assign(runtime.env, { allowRemoteModels: false, allowLocalModels: true, useFSCache: false });
  return runtime;
}

/** A model out of its folder, with nothing asked of the internet. */
export async function load<T>(
  runtime: Runtime,
  { path, dtype, does }: FoundModel,
  threads: number,
): Promise<T> {
  const task = does === 'embed' ? 'feature-extraction' : 'automatic-speech-recognition';
  return (await runtime.pipeline(task, path, {
    dtype,
    local_files_only: true,
    session_options: {
      intraOpNumThreads: threads,
      // Waiting threads that spin take the processor from everything else: 273 ms instead of 85 for 128 tokens on two cores.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    },
  })) as T;
}

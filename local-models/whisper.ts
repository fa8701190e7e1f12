import type { Recogniser, Runtime } from './runtime.ts';

/** A model of the shape of Whisper with the tokens that are no words. */
export type Whisper = Pick<Recogniser, 'model' | 'tokenizer' | 'processor'> & {
  runtime: Runtime;
  start: number;
  end: number | undefined;
  /** The token that says 0.00; each after it is 20 ms later. */
  firstTime: number;
  nobodySpeaks: number;
  saidBefore: number;
  transcribe: number | undefined;
  /** By code; none for a model of one language. */
  languages: ReadonlyMap<string, number>;
  /** So many tokens are written of a window at most, and as many may stand before them. */
  mostTokens: number;
};

export function openWhisper(runtime: Runtime, { model, tokenizer, processor }: Recogniser): Whisper {
  const config = model.generation_config;
  const untimed = config.no_timestamps_token_id;
  const languages = Object.entries(config.lang_to_id ?? {});
  // The sound is encoded once, for its language and for its words: more than half of the work for a small model.
  if (!model.forward_params.includes('encoder_outputs')) model.forward_params.push('encoder_outputs');
  return {
    model,
    tokenizer,
    processor,
    runtime,
    start: config.decoder_start_token_id,
    end: [config.eos_token_id].flat()[0],
    firstTime: untimed + 1,
    // In this order in every Whisper.
    nobodySpeaks: untimed - 1,
    saidBefore: untimed - 2,
    transcribe: config.task_to_id?.['transcribe'],
    languages: new Map(languages.map(([mark, id]) => [mark.replaceAll(/[<|>]/g, ''), id])),
    mostTokens: (model.config.max_target_positions ?? 448) / 2,
  };
}

/** Of what a model thinks of each token: the logarithm that makes them chances. */
export function logOfSum(values: ArrayLike<number>): number {
  const most = mostOf(values);
  let sum = 0;
  for (let at = 0; at < values.length; at += 1) sum += Math.exp((values[at] ?? -Infinity) - most);
  return most + Math.log(sum);
}

export function mostOf(values: ArrayLike<number>): number {
  let most = -Infinity;
  for (let at = 0; at < values.length; at += 1) most = Math.max(most, values[at] ?? -Infinity);
  return most;
}

import { cutAtTimes } from './cut-at-times.ts';
import { logOfSum, type Whisper } from './whisper.ts';
import { writeDown } from './write-down.ts';

/** At most half a minute of sound: 16 000 numbers for each second, between -1 and 1. */
export type Window = {
  samples: Float32Array;
  /** A code of Whisper; null when it is to be found out. */
  language: string | null;
  /** How names and rare words are written. */
  prompt: string;
};

/** Seconds from the beginning of the window. */
export type WindowSegment = { fromS: number; toS: number; text: string; tokens: readonly number[] };

export type HeardWindow = {
  /** Null for a model that knows one language. */
  language: string | null;
  /** How likely it is that nobody speaks, 0 to 1. */
  noSpeech: number;
  /** The mean logarithm of how sure the model was of each token. */
  certainty: number;
  segments: readonly WindowSegment[];
  /** The next window begins so much later. */
  advanceS: number;
};

const SAMPLES_PER_SECOND = 16_000;

export async function hearWindow(
  whisper: Whisper,
  { samples, language, prompt }: Window,
): Promise<HeardWindow> {
  const { processor, model, runtime, tokenizer, firstTime } = whisper;
  const { input_features: features } = await processor(samples);
  const { last_hidden_state: raw } = await model.sessions.model.run({ input_features: features.ort_tensor });
  const encoded = new runtime.Tensor(raw);
  const first = await listenUp(whisper, encoded);
  const spoken = whisper.languages.size === 0 ? null : (language ?? first.language);
  const { tokens, certainty } = await writeDown(whisper, { features, encoded, language: spoken, prompt });
  const windowS = samples.length / SAMPLES_PER_SECOND;
  const { pieces, advanceS } = cutAtTimes(tokens, { firstTime, windowS });
  const segments = pieces.map((piece) => ({
    ...piece,
    text: tokenizer.decode(piece.tokens, { skip_special_tokens: true }),
  }));
  return { language: spoken, noSpeech: first.noSpeech, certainty, segments, advanceS };
}

/** What the model expects first of all: a language, or that nobody speaks. The library takes everything for English. */
async function listenUp(
  { runtime, model, start, languages, nobodySpeaks }: Whisper,
  encoded: unknown,
): Promise<{ language: string | null; noSpeech: number }> {
  const begin = new runtime.Tensor('int64', [BigInt(start)], [1, 1]);
  const { logits } = await model.forward({ encoder_outputs: encoded, decoder_input_ids: begin });
  const of = (token: number): number => logits.data[token] ?? -Infinity;
  const [likeliest] = [...languages].toSorted(([, a], [, b]) => of(b) - of(a));
  return { language: likeliest?.[0] ?? null, noSpeech: Math.exp(of(nobodySpeaks) - logOfSum(logits.data)) };
}

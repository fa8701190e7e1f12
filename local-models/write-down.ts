import type { Processor } from './runtime.ts';
import { logOfSum, mostOf, type Whisper } from './whisper.ts';

export type Asked = {
  features: unknown;
  encoded: unknown;
  /** A code of Whisper; null for a model of one language. */
  language: string | null;
  prompt: string;
};

export type WrittenDown = {
  tokens: readonly number[];
  /** The mean logarithm of how sure the model was of each token. */
  certainty: number;
};

/** The likeliest token after the other, words and times. */
export async function writeDown(
  whisper: Whisper,
  { features, encoded, language, prompt }: Asked,
): Promise<WrittenDown> {
  const { model, runtime, end, mostTokens } = whisper;
  const config = model.generation_config;
  const begin = beginningOf(whisper, language, prompt);
  const sure: number[] = [];
  const rules = new runtime.LogitsProcessorList();
  rules.push(without(config.suppress_tokens ?? []));
  rules.push(rising(whisper.firstTime, begin.length));
  rules.push(new runtime.WhisperTimeStampLogitsProcessor(config, begin));
  rules.push(noting(sure));
  const sequence = await model.generate({
    inputs: features,
    encoder_outputs: encoded,
    decoder_input_ids: begin,
    logits_processor: rules,
    // The rule of times is among ours already; the library would put its own behind the noting of chances.
    return_timestamps: false,
    max_new_tokens: mostTokens,
  });
  const tokens = (sequence.tolist()[0] ?? []).map(Number).slice(begin.length);
  if (tokens.at(-1) === end) tokens.pop();
  return { tokens, certainty: sure.reduce((sum, one) => sum + one, 0) / Math.max(1, sure.length) };
}

/** The marks that the model expects: what was said before, the start, the language, and that nothing is to be translated. */
function beginningOf(whisper: Whisper, language: string | null, prompt: string): number[] {
  const { tokenizer, languages, transcribe, start, saidBefore, mostTokens } = whisper;
  const said = tokenizer.encode(` ${prompt.trim()}`, { add_special_tokens: false });
  const marks = language === null ? [] : [languages.get(language), transcribe];
  const all = [...marks.filter((mark) => mark !== undefined)];
  const room = mostTokens - all.length - 3;
  const before = prompt.trim() === '' ? [] : [saidBefore, ...said.slice(-room)];
  return [...before, start, ...all];
}

/** Signs and sounds that nobody says, which the makers of the model name. */
function without(tokens: readonly number[]): Processor {
  return (_ids, logits) => {
    for (const { data } of logits) for (const token of tokens) data[token] = -Infinity;
    return logits;
  };
}

/** Whisper's own rule, which the library lacks: no time is before another, and what is said takes time. Else it goes round in circles. */
function rising(firstTime: number, begin: number): Processor {
  return ([ids = []], logits) => {
    const written = ids.slice(begin).map(Number);
    const last = written.findLast((token) => token >= firstTime);
    if (last === undefined) return logits;
    const [before = firstTime, latest = 0] = written.slice(-2);
    const mayBeSame = written.length > 1 && latest >= firstTime && before < firstTime;
    for (const { data } of logits) data.fill(-Infinity, firstTime, mayBeSame ? last : last + 1);
    return logits;
  };
}

/** Notes how likely the likeliest is, which is the one that is taken. */
function noting(sure: number[]): Processor {
  return (_ids, logits) => {
    for (const { data } of logits) sure.push(mostOf(data) - logOfSum(data));
    return logits;
  };
}

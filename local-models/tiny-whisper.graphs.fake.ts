/** What a tiny Whisper hears and says, as two graphs: see tiny-whisper.fake.ts. */
import { onnxOf, type Graph, type Port, type Step } from './onnx.fake.ts';
import { chainsOf, LANGUAGES, START, type Scripts, type Vocabulary } from './tiny-whisper.words.fake.ts';

export const MELS = 80;
/**
 * How much likelier the next token is than any other: so much in any case, and as much again for the voice that says it. Among 1 500 it
 * is sure by three quarters then, and by four fifths over a sentence.
 */
const LIKELY = 4.17;
/** A tenth of a number of the spectrogram makes a sound low or high; below the limit it is faint. */
const [GAIN, FAINT] = [200, 1];

/**
 * For each token a row: what comes next in any case, more so the lower the sound is, and more so the fainter it is. A token has a state
 * of its own only where something follows it, so that the tables stay small.
 */
export function tablesOf(scripts: Scripts, vocabulary: Vocabulary) {
  const chains = chainsOf(scripts, vocabulary);
  const start = vocabulary.idOf(START);
  const followed = [...new Set([start, ...chains.flat()])];
  const states = followed.length + 1;
  const table = () => new Float32Array(states * vocabulary.size);
  const [always, low, faint] = [table(), table(), table()];
  const at = (from: number, to: number): number => (followed.indexOf(from) + 1) * vocabulary.size + to;
  for (const [index, chain] of chains.entries())
    for (const [place, from] of chain.slice(0, -1).entries()) {
      const to = chain[place + 1] ?? 0;
      // What both voices say next is as likely as what one of them says.
      always[at(from, to)] = always[at(from, to)] ? 2 * LIKELY : LIKELY;
      const before = low[at(from, to)] ?? 0;
      low[at(from, to)] = before + (index === 0 ? LIKELY : -LIKELY);
    }
  low[at(start, vocabulary.idOf(LANGUAGES.low))] = LIKELY;
  low[at(start, vocabulary.idOf(LANGUAGES.high))] = -LIKELY;
  faint[at(start, vocabulary.idOf('<|nospeech|>'))] = 4 * LIKELY;
  // What is hardly heard is hardly known: every other token is as likely as the right one.
  for (const from of followed.slice(1))
    for (let to = 0; to < vocabulary.size; to += 1) faint[at(from, to)] = always[at(from, to)] ? -LIKELY : 0;
  const rows = new Float32Array(vocabulary.size * states);
  for (let token = 0; token < vocabulary.size; token += 1)
    rows[token * states + followed.indexOf(token) + 1] = 1;
  return { states, rows, always, low, faint };
}

/** How low, and how faint: both halves of the spectrogram against each other, and the mean of all of it against a limit. */
export function encoderOf(): Buffer {
  const weights = new Float32Array(MELS * 2);
  for (let mel = 0; mel < MELS; mel += 1) {
    weights[mel * 2] = (mel < MELS / 2 ? GAIN : -GAIN) / MELS;
    weights[mel * 2 + 1] = -GAIN / MELS;
  }
  return onnxOf({
    steps: [
      {
        does: 'AveragePool',
        from: ['input_features'],
        to: 'halved',
        with: { kernel_shape: [2], strides: [2] },
      },
      { does: 'Transpose', from: ['halved'], to: 'turned', with: { perm: [0, 2, 1] } },
      { does: 'MatMul', from: ['turned', 'weights'], to: 'heard' },
      { does: 'Add', from: ['heard', 'limits'], to: 'last_hidden_state' },
    ],
    known: [
      { name: 'weights', sides: [MELS, 2], values: weights },
      { name: 'limits', sides: [2], values: Float32Array.from([0, -GAIN * FAINT]) },
    ],
    takes: [{ name: 'input_features', type: 'float', sides: ['batch', MELS, 'frames'] }],
    gives: [{ name: 'last_hidden_state', type: 'float', sides: ['batch', 'halves', 2] }],
  });
}

/**
 * What was thought of each token so far, and of the sound, goes out and comes in again with the next, as in every Whisper that is
 * exported with both halves of its decoder in one.
 */
function memoryOf(states: number): Pick<Graph, 'steps' | 'takes' | 'gives'> {
  const ports = (prefix: string): Port[] =>
    (['key', 'value'] as const).flatMap((half) => [
      { name: `${prefix}.0.decoder.${half}`, type: 'float', sides: ['batch', 1, 'past', states] },
      { name: `${prefix}.0.encoder.${half}`, type: 'float', sides: ['batch', 1, 'heard', 2] },
    ]);
  const keep = (half: string): Step[] => [
    {
      does: 'Concat',
      from: [`past_key_values.0.decoder.${half}`, 'own'],
      to: `present.0.decoder.${half}`,
      with: { axis: 2 },
    },
    { does: 'Unsqueeze', from: ['encoder_hidden_states', 'second'], to: `present.0.encoder.${half}` },
  ];
  return {
    steps: [{ does: 'Unsqueeze', from: ['state', 'second'], to: 'own' }, ...['key', 'value'].flatMap(keep)],
    takes: [...ports('past_key_values'), { name: 'use_cache_branch', type: 'bool', sides: [1] }],
    gives: ports('present'),
  };
}

export function decoderOf({ states, rows, ...tables }: ReturnType<typeof tablesOf>, size: number): Buffer {
  const names = ['always', 'low', 'faint'] as const;
  const times = (name: string, with_: string): Step => ({
    does: 'Mul',
    from: [`${name}_next`, with_],
    to: `${name}_now`,
  });
  const share = (name: string, place: string): Step[] => [
    { does: 'Gather', from: ['mean', place], to: `${name}_sum`, with: { axis: 2 } },
    { does: 'Tanh', from: [`${name}_sum`], to: `${name}_tanh` },
  ];
  const memory = memoryOf(states);
  return onnxOf({
    steps: [
      { does: 'Gather', from: ['rows', 'input_ids'], to: 'state' },
      ...memory.steps,
      ...names.map((name) => ({ does: 'MatMul', from: ['state', name], to: `${name}_next` })),
      { does: 'ReduceMean', from: ['encoder_hidden_states'], to: 'mean', with: { axes: [1] } },
      ...share('low', 'first'),
      ...share('faint', 'second'),
      { does: 'Relu', from: ['faint_tanh'], to: 'faint_share' },
      times('low', 'low_tanh'),
      times('faint', 'faint_share'),
      { does: 'Add', from: ['always_next', 'low_now'], to: 'sum' },
      { does: 'Add', from: ['sum', 'faint_now'], to: 'logits' },
    ],
    known: [
      { name: 'rows', sides: [size, states], values: rows },
      ...names.map((name) => ({ name, sides: [states, size], values: tables[name] })),
      { name: 'first', sides: [1], values: BigInt64Array.from([0n]) },
      { name: 'second', sides: [1], values: BigInt64Array.from([1n]) },
    ],
    takes: [
      { name: 'input_ids', type: 'int64', sides: ['batch', 'tokens'] },
      { name: 'encoder_hidden_states', type: 'float', sides: ['batch', 'halves', 2] },
      ...memory.takes,
    ],
    gives: [{ name: 'logits', type: 'float', sides: ['batch', 'tokens', size] }, ...memory.gives],
  });
}

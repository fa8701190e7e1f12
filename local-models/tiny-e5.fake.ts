/**
 * A model of the shape of E5 that fits into a few kilobytes: each word has a vector in a table, and words that mean the same share
 * one. It runs through the real tokenizer and the real runtime.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const DIMENSIONS = 16;
const SPECIAL = ['<s>', '<pad>', '</s>', '<unk>'];

/** One number of the wire format of Protocol Buffers. */
function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) | 128);
  }
}

const whole = (field: number, value: number): Buffer => Buffer.concat([varint(field * 8), varint(value)]);

function bytes(field: number, content: Buffer | string): Buffer {
  const body = Buffer.from(content);
  return Buffer.concat([varint(field * 8 + 2), varint(body.length), body]);
}
const message = (field: number, ...parts: Buffer[]): Buffer => bytes(field, Buffer.concat(parts));

const FLOAT = 1;
const INT64 = 7;

/** A tensor whose sides are named, not numbered, but for the last one of what comes out. */
function value(field: number, name: string, type: number, sides: readonly (string | number)[]): Buffer {
  const shape = sides.map((side) => message(1, typeof side === 'string' ? bytes(2, side) : whole(1, side)));
  return message(field, bytes(1, name), message(2, message(1, whole(1, type), message(2, ...shape))));
}

/** See onnx.proto: a graph of one node, which looks words up in a table. */
function onnxOf(table: Float32Array): Buffer {
  const rows = table.length / DIMENSIONS;
  const raw = Buffer.from(table.buffer, table.byteOffset, table.byteLength);
  const graph = message(
    7,
    message(1, bytes(1, 'table'), bytes(1, 'input_ids'), bytes(2, 'last_hidden_state'), bytes(4, 'Gather')),
    bytes(2, 'tiny'),
    message(5, whole(1, rows), whole(1, DIMENSIONS), whole(2, FLOAT), bytes(8, 'table'), bytes(9, raw)),
    value(11, 'input_ids', INT64, ['batch', 'words']),
    value(11, 'attention_mask', INT64, ['batch', 'words']),
    value(12, 'last_hidden_state', FLOAT, ['batch', 'words', DIMENSIONS]),
  );
  return Buffer.concat([whole(1, 8), graph, message(8, bytes(1, ''), whole(2, 17))]);
}

/** A direction of each meaning, the first of what it never read; the marks around a sentence mean nothing. */
function tableOf(meanings: readonly number[]): Float32Array {
  const table = new Float32Array((SPECIAL.length + meanings.length) * DIMENSIONS);
  for (const [index, meaning] of [0, ...meanings].entries())
    for (let at = 0; at < DIMENSIONS; at += 1)
      table[(SPECIAL.length - 1 + index) * DIMENSIONS + at] = Math.sin((meaning + 1) * (at + 1) * 1.7);
  return table;
}

const special = (id: number) => ({
  id,
  content: SPECIAL[id],
  single_word: false,
  lstrip: false,
  rstrip: false,
  normalized: false,
  special: true,
});

function tokenizerOf(words: readonly string[]): object {
  const metaspace = {
    type: 'Metaspace',
    replacement: '▁',
    add_prefix_space: true,
    prepend_scheme: 'always',
    split: true,
  };
  const mark = (id: string) => ({ SpecialToken: { id, type_id: 0 } });
  const single = [mark('<s>'), { Sequence: { id: 'A', type_id: 0 } }, mark('</s>')];
  const vocab = [...SPECIAL.map((one) => [one, 0]), ...words.map((word) => [`▁${word}`, -1])];
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: SPECIAL.map((_, id) => special(id)),
    normalizer: { type: 'Lowercase' },
    pre_tokenizer: metaspace,
    post_processor: {
      type: 'TemplateProcessing',
      single,
      pair: [...single, { Sequence: { id: 'B', type_id: 0 } }, mark('</s>')],
      special_tokens: Object.fromEntries(
        ['<s>', '</s>'].map((one) => [one, { id: one, ids: [SPECIAL.indexOf(one)], tokens: [one] }]),
      ),
    },
    decoder: metaspace,
    model: { type: 'Unigram', unk_id: SPECIAL.indexOf('<unk>'), vocab, byte_fallback: false },
  };
}

/** Writes a model that knows these words; those of one group mean the same. */
export async function writeTinyModel(folder: string, groups: readonly (readonly string[])[]): Promise<void> {
  const words = groups.flat();
  const meanings = groups.flatMap((group, index) => group.map(() => index + 1));
  await mkdir(join(folder, 'onnx'), { recursive: true });
  const json = (name: string, content: object) => writeFile(join(folder, name), JSON.stringify(content));
  await json('config.json', {
    model_type: 'xlm-roberta',
    architectures: ['XLMRobertaModel'],
    hidden_size: DIMENSIONS,
    vocab_size: SPECIAL.length + words.length,
  });
  await json('tokenizer.json', tokenizerOf(words));
  await json('tokenizer_config.json', {
    tokenizer_class: 'XLMRobertaTokenizer',
    model_max_length: 512,
    bos_token: '<s>',
    eos_token: '</s>',
    unk_token: '<unk>',
    pad_token: '<pad>',
  });
  await writeFile(join(folder, 'onnx', 'model.onnx'), onnxOf(tableOf(meanings)));
}

/**
 * A model of the shape of E5 that fits into a few kilobytes: each word has a vector in a table, and words that mean the same share
 * one. It runs through the real tokenizer and the real runtime.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onnxOf } from './onnx.fake.ts';

const DIMENSIONS = 16;
const SPECIAL = ['<s>', '<pad>', '</s>', '<unk>'];

/** A graph of one step, which looks words up in a table. */
const graphOf = (table: Float32Array): Buffer =>
  onnxOf({
    steps: [{ does: 'Gather', from: ['table', 'input_ids'], to: 'last_hidden_state' }],
    known: [{ name: 'table', sides: [table.length / DIMENSIONS, DIMENSIONS], values: table }],
    takes: ['input_ids', 'attention_mask'].map((name) => ({
      name,
      type: 'int64',
      sides: ['batch', 'words'],
    })),
    gives: [{ name: 'last_hidden_state', type: 'float', sides: ['batch', 'words', DIMENSIONS] }],
  });

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
  await writeFile(join(folder, 'onnx', 'model.onnx'), graphOf(tableOf(meanings)));
}

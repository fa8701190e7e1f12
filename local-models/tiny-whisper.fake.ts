/**
 * A model of the shape of Whisper that fits into a few hundred kilobytes. It hears how high a sound is and how loud: a low one speaks
 * Spanish, a high one English, a faint one not at all. What comes next it knows from the last token alone. It runs through the real
 * spectrogram, tokenizer, rules and runtime.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decoderOf, encoderOf, MELS, tablesOf } from './tiny-whisper.graphs.fake.ts';
import {
  END,
  LANGUAGES,
  SPECIAL,
  START,
  STEPS_PER_SECOND,
  TASK,
  TIMES,
  vocabularyOf,
  type Scripts,
  type Vocabulary,
} from './tiny-whisper.words.fake.ts';

const added = (id: number, content: string, isSpecial: boolean) => ({
  id,
  content,
  single_word: false,
  lstrip: false,
  rstrip: false,
  normalized: false,
  special: isSpecial,
});

const tokenizerOf = ({ tokens, idOf, timeOf }: Vocabulary): object => ({
  version: '1.0',
  truncation: null,
  padding: null,
  added_tokens: [
    ...SPECIAL.map((token) => added(idOf(token), token, true)),
    ...Array.from({ length: TIMES }, (_, step) =>
      added(timeOf(step / STEPS_PER_SECOND), `<|${(step / STEPS_PER_SECOND).toFixed(2)}|>`, false),
    ),
  ],
  normalizer: null,
  pre_tokenizer: {
    type: 'Metaspace',
    replacement: '▁',
    add_prefix_space: true,
    prepend_scheme: 'always',
    split: true,
  },
  post_processor: null,
  // The space before a word is a part of it, as in every Whisper.
  decoder: { type: 'Replace', pattern: { String: '▁' }, content: ' ' },
  model: { type: 'Unigram', unk_id: 0, vocab: tokens.map((token) => [token, -1]), byte_fallback: false },
});

const heads = {
  encoder_layers: 1,
  encoder_attention_heads: 1,
  decoder_layers: 1,
  decoder_attention_heads: 1,
};

const shapeOf = ({ idOf, size }: Vocabulary): object => ({
  model_type: 'whisper',
  architectures: ['WhisperForConditionalGeneration'],
  is_encoder_decoder: true,
  d_model: 2,
  ...heads,
  max_source_positions: 1500,
  max_target_positions: 448,
  vocab_size: size,
  decoder_start_token_id: idOf(START),
  eos_token_id: idOf(END),
});

const marksOf = ({ idOf }: Vocabulary, isEnglishOnly: boolean): object => ({
  is_multilingual: !isEnglishOnly,
  decoder_start_token_id: idOf(START),
  eos_token_id: idOf(END),
  pad_token_id: idOf(END),
  no_timestamps_token_id: idOf('<|notimestamps|>'),
  begin_suppress_tokens: [idOf(END)],
  max_length: 448,
  ...(isEnglishOnly
    ? {}
    : {
        lang_to_id: Object.fromEntries(Object.values(LANGUAGES).map((mark) => [mark, idOf(mark)])),
        task_to_id: { transcribe: idOf(TASK), translate: idOf('<|translate|>') },
      }),
});

const SPECTROGRAM = {
  feature_extractor_type: 'WhisperFeatureExtractor',
  processor_class: 'WhisperProcessor',
  feature_size: MELS,
  sampling_rate: 16_000,
  hop_length: 160,
  n_fft: 400,
  chunk_length: 30,
  n_samples: 480_000,
  nb_max_frames: 3_000,
};

/** Writes a model that says one of two things. */
export async function writeTinyWhisper(folder: string, scripts: Scripts): Promise<void> {
  const vocabulary = vocabularyOf(scripts);
  const write = async (name: string, content: object) =>
    writeFile(join(folder, name), Buffer.isBuffer(content) ? content : JSON.stringify(content));
  await mkdir(join(folder, 'onnx'), { recursive: true });
  await write('config.json', shapeOf(vocabulary));
  await write('generation_config.json', marksOf(vocabulary, scripts.isEnglishOnly === true));
  await write('preprocessor_config.json', SPECTROGRAM);
  await write('tokenizer.json', tokenizerOf(vocabulary));
  await write('tokenizer_config.json', {
    tokenizer_class: 'WhisperTokenizer',
    model_max_length: 448,
    eos_token: END,
  });
  await write('onnx/encoder_model.onnx', encoderOf());
  await write('onnx/decoder_model_merged.onnx', decoderOf(tablesOf(scripts, vocabulary), vocabulary.size));
}

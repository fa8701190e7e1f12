/** The tokens of a tiny Whisper: see tiny-whisper.fake.ts. */

/** The words from one second to another: one token, so that what comes next is known from it alone. */
type Said = readonly [fromS: number, toS: number, words: string];

/** What it says over a low sound and over a high one. */
export type Scripts = { low: readonly Said[]; high: readonly Said[]; isEnglishOnly?: boolean };

export const TIMES = 1501;
export const STEPS_PER_SECOND = 50;
export const END = '<|endoftext|>';
export const START = '<|startoftranscript|>';
export const LANGUAGES = { low: '<|es|>', high: '<|en|>' } as const;
export const TASK = '<|transcribe|>';
/** In the order of every Whisper: what was said before, nobody speaks, no times, and then the times. */
const LAST = ['<|startofprev|>', '<|nospeech|>', '<|notimestamps|>'];
export const SPECIAL = [END, START, LANGUAGES.low, LANGUAGES.high, '<|translate|>', TASK, ...LAST];

const tokenOf = (words: string): string => `▁${words.replaceAll(' ', '▁')}`;

export function vocabularyOf(scripts: Scripts) {
  const words = [...new Set([...scripts.low, ...scripts.high].map(([, , said]) => tokenOf(said)))];
  const tokens = ['<unk>', ...words, ...SPECIAL];
  const idOf = (token: string): number => tokens.indexOf(token);
  const timeOf = (seconds: number): number => tokens.length + Math.round(seconds * STEPS_PER_SECOND);
  return { tokens, idOf, timeOf, size: tokens.length + TIMES };
}

export type Vocabulary = ReturnType<typeof vocabularyOf>;

/** The tokens of both scripts, each from the one before its first. */
export function chainsOf({ low, high, isEnglishOnly = false }: Scripts, vocabulary: Vocabulary): number[][] {
  const first = vocabulary.idOf(isEnglishOnly ? START : TASK);
  return [low, high].map((script) => [first, ...chainOf(script, vocabulary)]);
}

function chainOf(script: readonly Said[], { idOf, timeOf }: Vocabulary): number[] {
  const said = script.flatMap(([fromS, toS, words]) => [timeOf(fromS), idOf(tokenOf(words)), timeOf(toS)]);
  return [...said, idOf(END)];
}

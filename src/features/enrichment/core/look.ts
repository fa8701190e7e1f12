import type { MediaLook } from '#features/archive/core/media.ts';
import { isOfWords, type Derivative, type DerivativeFailure } from './derivative.ts';

/** What is known so far of a media file, from whatever was made of it; what is not made yet is null or empty. */
export type LookFacts = Partial<{
  width: number;
  height: number;
  durationMs: number;
  placeholder: string;
  thumbnailWidths: readonly number[];
  hasPoster: boolean;
  waveform: readonly number[];
  /** Pages whose words were read off their picture, and how surely: 0 to 1. */
  recognised: { pages: number; confidence: number };
  /** Of a PDF: whether some of its pages are pictures is known when the words on them are read. */
  picturesAwaitWords: boolean;
}>;

export function lookOf(made: readonly (Derivative & { facts: LookFacts })[]): MediaLook {
  const facts = made.reduce<LookFacts>((all, one) => ({ ...all, ...one.facts }), {});
  return { ...shownOf(facts), text: textOf(made) };
}

function textOf(made: readonly Derivative[]): MediaLook['text'] {
  const text = made.find(({ kind }) => isOfWords(kind) && kind !== 'ocr');
  if (text?.state.is !== 'failed') return text?.state.is === 'made' ? 'made' : null;
  return SHOWN_APART[text.state.why.code] ?? 'failed';
}

/** What a person can do something about. */
const SHOWN_APART: Partial<Record<DerivativeFailure['code'], 'locked' | 'refused'>> = {
  'derivative.locked': 'locked',
  'derivative.rejected': 'refused',
};

const shownOf = (facts: LookFacts): Omit<MediaLook, 'text'> => ({
  width: facts.width ?? null,
  height: facts.height ?? null,
  durationMs: facts.durationMs ?? null,
  placeholder: facts.placeholder ?? null,
  thumbnailWidths: facts.thumbnailWidths ?? [],
  hasPoster: facts.hasPoster ?? false,
  waveform: facts.waveform ?? null,
  recognised: facts.recognised ?? null,
});

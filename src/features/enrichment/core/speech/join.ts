import { cleanText, type SpokenSegment } from '../text.ts';
import type { Span } from './cut.ts';

/** As a model tells it: times are from the beginning of the piece. */
export type HeardSegment = SpokenSegment & {
  /** How likely it is that nobody speaks there, 0 to 1. */
  silence: number | null;
};

/** What a model heard in one piece. `language` is BCP 47. */
export type Heard = { language: string | null; segments: readonly HeardSegment[] };

/** Both limits are Whisper's own: over noise it is unsure, and says itself that nobody speaks (`no_speech`, `logprob`). */
const MOST_SILENCE = 0.6;
const LEAST_CONFIDENCE = Math.exp(-1);

/**
 * The transcript of a whole file, in the order of what is said. What a model makes up over noise is left out, and times that
 * leave their piece are brought back into it.
 */
export function joinHeard(parts: readonly { piece: Span; heard: Heard }[]): {
  language: string | null;
  segments: SpokenSegment[];
} {
  const placed = parts.flatMap(({ piece, heard }) =>
    heard.segments.filter(isSaid).flatMap((segment) => placedIn(piece, segment)),
  );
  return { language: languageOf(parts), segments: placed.sort((a, b) => a.fromMs - b.fromMs) };
}

const isSaid = ({ confidence, silence }: HeardSegment): boolean =>
  !(confidence !== null && confidence < LEAST_CONFIDENCE && silence !== null && silence > MOST_SILENCE);

function placedIn(piece: Span, { fromMs, toMs, text, confidence }: HeardSegment): SpokenSegment[] {
  const words = cleanText(text).replaceAll('\n', ' ');
  if (words === '') return [];
  const within = (ms: number) => Math.min(Math.max(piece.fromMs + Math.round(ms), piece.fromMs), piece.toMs);
  const from = within(fromMs);
  return [{ fromMs: from, toMs: Math.max(from, within(toMs)), text: words, confidence }];
}

/** The one in which most letters are said. A piece in which nothing is said has none, whatever the model says. */
function languageOf(parts: readonly { heard: Heard }[]): string | null {
  const letters = new Map<string, number>();
  for (const { heard } of parts) {
    if (heard.language === null) continue;
    const said = heard.segments.filter(isSaid).reduce((sum, { text }) => sum + text.trim().length, 0);
    if (said > 0) letters.set(heard.language, (letters.get(heard.language) ?? 0) + said);
  }
  const [most] = [...letters].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
  return most?.[0] ?? null;
}

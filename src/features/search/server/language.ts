import { franc } from 'franc-min';
import type { DetectLanguage } from '../core/document.ts';

/** Below this it tells Kurdish from "New podcast episode": then it may only choose between the languages of the house. */
const ANY_LANGUAGE_FROM = 120;
const SHORTEST = 12;

/** It looks no better at a whole page, and takes 2 ms for it: indexing would do little else. */
const TELLING = 320;

/**
 * What is written most in these letters, and what is nearest to Spanish and English. Anything else falls to one of them,
 * and is no less another language for it; asking eighty takes three times as long.
 */
const ASKED = 'spa eng por fra ita ron deu nld swe pol ces hun tur ind tgl vie swh rus ukr arb urd hin'.split(
  ' ',
);

const known: Readonly<Record<string, 'es' | 'en'>> = { spa: 'es', eng: 'en' };

const tell = (text: string): ReturnType<DetectLanguage> => {
  const only = text.length < ANY_LANGUAGE_FROM ? Object.keys(known) : ASKED;
  const told = franc(text, { minLength: SHORTEST, only });
  return told === 'und' ? null : (known[told] ?? 'other');
};

/** A document and its first passage begin alike, so the last answer is kept. */
let last: { text: string; told: ReturnType<DetectLanguage> } = { text: '', told: null };

export const detectLanguage: DetectLanguage = (whole) => {
  const text = whole.slice(0, TELLING).toWellFormed();
  if (text.length < SHORTEST) return null;
  if (text !== last.text) last = { text, told: tell(text) };
  return last.told;
};

import { franc } from 'franc-min';
import type { DetectLanguage } from '../core/document.ts';

/** Below this it tells Kurdish from "New podcast episode": then it may only choose between the languages of the house. */
const ANY_LANGUAGE_FROM = 120;
const SHORTEST = 12;

const known: Readonly<Record<string, 'es' | 'en'>> = { spa: 'es', eng: 'en' };

export const detectLanguage: DetectLanguage = (text) => {
  if (text.length < SHORTEST) return null;
  const only = text.length < ANY_LANGUAGE_FROM ? { only: Object.keys(known) } : {};
  const told = franc(text, { minLength: SHORTEST, ...only });
  return told === 'und' ? null : (known[told] ?? 'other');
};

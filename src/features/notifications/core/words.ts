import type { Language } from './channel.ts';
import type { NoticeWords } from './notice-words.ts';
import { english } from './words-english.ts';
import { spanish } from './words-spanish.ts';

const tables: Readonly<Record<Language, NoticeWords>> = { en: english, es: spanish };

export const wordsIn = (language: Language): NoticeWords => tables[language];

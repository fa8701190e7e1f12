import type { ShelfKind } from './leaving-soon.ts';
import type { Language } from './poster.ts';

/** What holds for the whole clean-up, and what a new policy starts with. */
export type Settings = {
  /** What a new policy starts with; each can have its own. */
  exclusionTags: readonly string[];
  leavingSoonDays: number;
  /** As the collections are called in the media server. */
  collectionNames: Readonly<Record<ShelfKind, string>>;
  /** Of the words on the posters of the collections. */
  posterLanguage: Language;
};

export const usualSettings: Settings = {
  exclusionTags: ['keep'],
  leavingSoonDays: 14,
  collectionNames: { films: 'Leaving soon: films', shows: 'Leaving soon: series' },
  posterLanguage: 'en',
};

import { m } from '#i18n/messages.js';
import type { WordList } from '#ui/form-errors.ts';

const troubles: Readonly<Record<string, () => string>> = {
  'no-folder': m.media_store_no_folder,
  'no-mark': m.media_store_no_mark,
  'another-store': m.media_store_another_store,
  'not-readable': m.media_store_not_readable,
  'not-writable': m.media_store_not_writable,
  low: m.media_store_low,
  damaged: m.media_store_damaged,
};

/** Why a folder could not be accepted, above its form. */
export const storeWords: WordList = Object.fromEntries(
  Object.entries(troubles).map(([why, words]) => [`store.${why}`, words]),
);

/** What is wrong with the media folder; what nobody foresaw is said as it is. */
export const storeTrouble = (why: string): string => troubles[why]?.() ?? why;

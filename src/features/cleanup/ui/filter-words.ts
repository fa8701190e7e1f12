import { kindsWords } from '#features/library/ui/item-words.ts';
import { m } from '#i18n/messages.js';
import { getLocale } from '#i18n/runtime.js';
import { formatBytes, formatDays } from '#ui/format.ts';
import type { FilterName } from './media-address.ts';
import { statusWords } from './verdict-words.ts';

export type Choice = { value: string; label: string };

const size = (bytes: string | number): string => formatBytes(Number(bytes), getLocale());
const span = (days: string | number): string => formatDays(Number(days), getLocale());

export const sizeText = (bytes: string | number): string => m.media_filter_size_over({ size: size(bytes) });
export const ageText = (days: string | number): string => m.media_filter_age_over({ age: span(days) });

export function watchedText(choice: string): string {
  if (choice === 'never') return m.media_filter_never();
  const [way, days = '0'] = choice.split('-');
  return way === 'in'
    ? m.media_filter_within({ age: span(days) })
    : m.media_filter_not_for({ age: span(days) });
}

const wordIn = (words: Readonly<Record<string, () => string>>, value: string): string =>
  words[value]?.() ?? value;
const labelIn = (choices: readonly Choice[], value: string): string =>
  choices.find((choice) => choice.value === value)?.label ?? value;

/** One filter that is on, as it stands on its chip. */
export function filterText(
  { name, value }: { name: FilterName; value: string },
  choices: { services: readonly Choice[]; disks: readonly Choice[] },
): string {
  const texts: Record<FilterName, () => string> = {
    q: () => m.media_filter_text({ text: value }),
    type: () => wordIn(kindsWords, value),
    status: () => wordIn(statusWords, value),
    service: () => labelIn(choices.services, value),
    disk: () => labelIn(choices.disks, value),
    requester: () => `${m.media_filter_requester()}: ${value}`,
    tag: () => `${m.media_filter_tag()}: ${value}`,
    minBytes: () => sizeText(value),
    maxBytes: () => m.media_filter_size_under({ size: size(value) }),
    minAgeDays: () => ageText(value),
    maxAgeDays: () => m.media_filter_age_under({ age: span(value) }),
    watched: () => watchedText(value),
  };
  return texts[name]();
}

import type { Message, MessageLine } from './message.ts';
import { wordsIn } from './words.ts';

export type Fitting = {
  /** What one line becomes in the form of a service, without the break after it. */
  render: (line: MessageLine) => string;
  limit: number;
  /** Characters, bytes: what the limit counts. */
  measure?: (text: string) => number;
};

/**
 * As many whole lines as fit, and then how many are missing. Never a part of a line: half a link, or half of an escaped
 * sign, is worse than none.
 */
export function fitLines(
  { lines, language }: Pick<Message, 'lines' | 'language'>,
  { render, limit, measure = (text) => text.length }: Fitting,
): string {
  const rendered = lines.map(render);
  const sizes = rendered.map((line) => measure(line) + 1);
  const whole = sizes.reduce((sum, size) => sum + size, 0) - 1;
  if (whole <= limit) return rendered.join('\n');

  const { more } = wordsIn(language);
  const room = limit - measure(render({ text: more(lines.length) }));
  let kept = 0;
  for (let used = 0; used + (sizes[kept] ?? Infinity) <= room; kept += 1) used += sizes[kept] ?? 0;
  return [...rendered.slice(0, kept), render({ text: more(lines.length - kept) })].join('\n');
}

/** At most `limit` characters, never half of a sign that takes two. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Label and address in words, for services whose texts know no links. */
export const plainLine = ({ text, link }: MessageLine): string =>
  link === undefined ? oneLine(text) : `${oneLine(text)}\n${link.label}: ${link.url}`;

export const escapeHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

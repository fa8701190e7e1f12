import type { Segment, Transcript } from '#features/archive/core/media.ts';
import { cleanText } from './text.ts';

/** Hours may be left out, and both kinds of file are found with the comma of the one and the point of the other. */
const CLOCK = /(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})/;
const TIMES = new RegExp(`^\\s*${CLOCK.source}\\s*-->\\s*${CLOCK.source}(?:\\s|$)`);
const LANGUAGE = /^Language:\s*([a-z]{2,3}(?:-[a-z\d]{1,8}){0,3})\s*$/i;
/** What is said goes on on the line below when it is shown again within this time. */
const TOUCHING_MS = 200;

type Cue = { fromMs: number; toMs: number; lines: readonly string[] };

/**
 * WebVTT and SubRip, as people and programs write them. What is broken is left out; null when there is nothing that could
 * be a caption at all.
 */
export function readCaptions(file: string): Transcript | null {
  const lines = file.replace('\ufeff', '').split(/\r\n|\r|\n/);
  const isWebVtt = /^WEBVTT(?:\s|$)/.test(lines[0] ?? '');
  const cues = cuesOf(lines);
  if (!isWebVtt && cues.length === 0) return null;
  return { language: isWebVtt ? languageIn(lines) : null, segments: withoutEchoes(cues) };
}

/** Of the head, which ends at the first empty line. */
function languageIn(lines: readonly string[]): string | null {
  for (const line of lines.slice(1)) {
    if (line === '') return null;
    const found = LANGUAGE.exec(line)?.[1];
    if (found !== undefined) return found;
  }
  return null;
}

/** A line of times and what follows it; whatever stands elsewhere (notes, styles, numbers) is no caption. */
function cuesOf(lines: readonly string[]): Cue[] {
  const cues: Cue[] = [];
  for (let at = 0; at < lines.length; at++) {
    const times = TIMES.exec(lines[at] ?? '');
    if (!times) continue;
    const end = endOf(lines, at + 1);
    const cue = {
      fromMs: msOf(times.slice(1, 5)),
      toMs: msOf(times.slice(5, 9)),
      lines: saidIn(lines.slice(at + 1, end), TIMES.test(lines[end] ?? '')),
    };
    if (cue.toMs >= cue.fromMs && cue.lines.length > 0) cues.push(cue);
    at = end - 1;
  }
  return cues.sort((a, b) => a.fromMs - b.fromMs);
}

/** At the next empty line, or the next line of times. */
function endOf(lines: readonly string[], from: number): number {
  let end = from;
  while (end < lines.length && lines[end] !== '' && !TIMES.test(lines[end] ?? '')) end++;
  return end;
}

/** Without an empty line between two captions, the number of the second stands below the first. */
function saidIn(lines: readonly string[], isBeforeTimes: boolean): string[] {
  const isNumbered = isBeforeTimes && /^\d+\s*$/.test(lines.at(-1) ?? '');
  return lines
    .slice(0, isNumbered ? -1 : lines.length)
    .map(plainText)
    .filter((text) => text !== '');
}

function msOf([hours, minutes, seconds, fraction = '']: readonly (string | undefined)[]): number {
  const whole = (Number(hours ?? 0) * 60 + Number(minutes)) * 60 + Number(seconds);
  return whole * 1000 + Number(fraction.padEnd(3, '0'));
}

/** Captions that were made by listening scroll: each line comes again above the next one, and is said once. */
function withoutEchoes(cues: readonly Cue[]): Segment[] {
  const segments: Segment[] = [];
  let lastLine = '';
  for (const { fromMs, toMs, lines } of cues) {
    const before = segments.at(-1);
    const isEcho = before && fromMs - before.toMs <= TOUCHING_MS && lines[0] === lastLine;
    const fresh = isEcho ? lines.slice(1) : lines;
    if (fresh.length > 0) segments.push({ fromMs, toMs, text: fresh.join(' ') });
    else if (before) before.toMs = Math.max(before.toMs, toMs);
    lastLine = lines.at(-1) ?? '';
  }
  return segments;
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  lrm: '\u200e',
  rlm: '\u200f',
};

/** Without tags, places on the screen and entities. No pattern here looks twice at a character that it has passed. */
function plainText(line: string): string {
  const bare = line.replaceAll(/<[^<>]*>/g, '').replaceAll(/\{\\[^{}]*\}/g, '');
  return cleanText(
    bare.replaceAll(/&(\w{2,4}|#\d{1,6});/g, (whole, name: string) => entityText(name) ?? whole),
  );
}

function entityText(name: string): string | undefined {
  return name.startsWith('#') ? String.fromCodePoint(Number(name.slice(1))) : named[name.toLowerCase()];
}

/** WebVTT, which every browser reads. */
export const writeWebVtt = (segments: readonly Segment[]): string =>
  ['WEBVTT\n', ...segments.map(cueText)].join('\n');

const cueText = ({ fromMs, toMs, text }: Segment): string =>
  `${clock(fromMs)} --> ${clock(toMs)}\n${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}\n`;

function clock(ms: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const seconds = `${two((ms / 1000) % 60)}.${String(ms % 1000).padStart(3, '0')}`;
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${seconds}`;
}

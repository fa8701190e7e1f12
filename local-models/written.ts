import { compressionOf } from './circles.ts';
import type { HeardSegment, HeardSound } from './hear-sound.ts';
import { json, text, type Reply } from './http.ts';
import { nameOf } from './languages.ts';

const FORMATS = ['json', 'text', 'verbose_json', 'srt', 'vtt'] as const;
export type Format = (typeof FORMATS)[number];

export const isFormat = (name: string): name is Format => FORMATS.some((one) => one === name);

type Transcript = HeardSound & { durationS: number };

/** A transcript in the words of OpenAI. */
export function written(transcript: Transcript, format: Format): Reply {
  const { segments } = transcript;
  const whole = segments
    .map((segment) => segment.text)
    .join('')
    .trim();
  switch (format) {
    case 'json':
      return json(200, { text: whole });
    case 'text':
      return text(`${whole}\n`);
    case 'verbose_json':
      return json(200, verbose(transcript, whole));
    case 'srt':
      return text(segments.map((segment, index) => `${index + 1}\n${cueOf(segment, ',')}\n`).join(''));
    case 'vtt':
      return text(`WEBVTT\n\n${segments.map((segment) => `${cueOf(segment, '.')}\n`).join('')}`);
  }
}

const verbose = ({ language, durationS, segments }: Transcript, whole: string): object => ({
  task: 'transcribe',
  // A text in any case: where nothing is said there is no language.
  language: language === null ? 'unknown' : nameOf(language),
  duration: durationS,
  text: whole,
  segments: segments.map((segment, id) => ({
    id,
    // In hundredths of a second, where the window began in which it was heard.
    seek: Math.round(segment.windowS * 100),
    start: hundredths(segment.fromS),
    end: hundredths(segment.toS),
    text: segment.text,
    tokens: segment.tokens,
    temperature: 0,
    avg_logprob: segment.certainty,
    compression_ratio: compressionOf(segment.text),
    no_speech_prob: segment.noSpeech,
  })),
});

/** Times come in steps of 20 ms; sums of them have more digits. */
const hundredths = (seconds: number): number => Math.round(seconds * 100) / 100;

const cueOf = ({ fromS, toS, text: said }: HeardSegment, point: string): string =>
  `${clock(fromS, point)} --> ${clock(toS, point)}\n${said.trim()}\n`;

function clock(seconds: number, point: string): string {
  const ms = Math.round(seconds * 1000);
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const time = [two(ms / 3_600_000), two((ms / 60_000) % 60), two((ms / 1000) % 60)].join(':');
  return `${time}${point}${String(ms % 1000).padStart(3, '0')}`;
}

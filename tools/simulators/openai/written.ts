import { json, text, type Reply } from '../http.ts';
import type { Understood } from './listen.ts';
import type { Cue } from './recordings.ts';

const names = { es: 'spanish', en: 'english' } as const;

/** A transcript in the formats that OpenAI knows; another one is taken for `json`. */
export function written(understood: Understood, format: unknown): Reply {
  const { cues } = understood;
  const words = cues.map((cue) => cue.text).join(' ');
  switch (format) {
    case 'text':
      return text(200, `${words}\n`);
    case 'srt':
      return text(200, cues.map((cue, index) => `${index + 1}\n${timed(cue, ',')}`).join(''));
    case 'vtt':
      return text(200, `WEBVTT\n\n${cues.map((cue) => timed(cue, '.')).join('')}`);
    case 'verbose_json':
      return json(200, verbose(understood, words));
    default:
      return json(200, { text: words });
  }
}

const verbose = ({ language, durationS, cues, isMadeUp }: Understood, words: string): object => ({
  task: 'transcribe',
  language: names[language],
  duration: durationS,
  text: words,
  segments: cues.map(({ startS, endS, text: said }, id) => ({
    id,
    seek: 0,
    start: startS,
    end: endS,
    text: ` ${said}`,
    tokens: [50_364],
    temperature: 0,
    avg_logprob: isMadeUp ? -1.6 : -0.2,
    compression_ratio: 1.3,
    no_speech_prob: isMadeUp ? 0.93 : 0.01,
  })),
});

const timed = ({ startS, endS, text: said }: Cue, point: string): string =>
  `${clock(startS, point)} --> ${clock(endS, point)}\n${said}\n\n`;

const clock = (seconds: number, point: string): string =>
  new Date(seconds * 1000).toISOString().slice(11, 23).replace('.', point);

import { expect, test } from 'vitest';
import { codeIn, nameOf } from './languages.ts';
import { isFormat, written } from './written.ts';

const segment = (fromS: number, toS: number, text: string) => ({
  ...{ fromS, toS, text, tokens: [7, 8] },
  ...{ windowS: 30, certainty: -0.25, noSpeech: 0.02 },
});
const transcript = {
  language: 'es',
  durationS: 3725.5,
  segments: [segment(30, 32.000_000_4, ' Hola mundo.'), segment(3661.02, 3662.5, ' Del archivo.')],
};
const text = 'Hola mundo. Del archivo.';

test('every format is as OpenAI has it', () => {
  expect(written(transcript, 'json')).toMatchObject({
    type: 'application/json',
    body: JSON.stringify({ text }),
  });
  expect(written(transcript, 'text').body).toBe(`${text}\n`);
  expect(written(transcript, 'srt').body).toBe(
    '1\n00:00:30,000 --> 00:00:32,000\nHola mundo.\n\n2\n01:01:01,020 --> 01:01:02,500\nDel archivo.\n\n',
  );
  expect(written(transcript, 'vtt').body).toBe(
    'WEBVTT\n\n00:00:30.000 --> 00:00:32.000\nHola mundo.\n\n01:01:01.020 --> 01:01:02.500\nDel archivo.\n\n',
  );
  expect(JSON.parse(written(transcript, 'verbose_json').body)).toMatchObject({
    ...{ task: 'transcribe', language: 'spanish', duration: 3725.5, text },
    segments: [
      { id: 0, seek: 3000, start: 30, end: 32, text: ' Hola mundo.', tokens: [7, 8], avg_logprob: -0.25 },
      { id: 1, start: 3661.02, end: 3662.5, no_speech_prob: 0.02, temperature: 0 },
    ],
  });
  expect(['docx', '', 'toString'].some(isFormat)).toBe(false);
});

test('words that are said again and again are marked by how small they become', () => {
  const ratio = (words: string): number => {
    const body = written({ ...transcript, segments: [segment(0, 1, words)] }, 'verbose_json').body;
    return (
      (JSON.parse(body) as { segments: { compression_ratio: number }[] }).segments[0]?.compression_ratio ?? 0
    );
  };
  expect(ratio('gracias por ver el vídeo '.repeat(20))).toBeGreaterThan(2.4);
  expect(ratio('La lámpara del taller está encendida.')).toBeLessThan(2.4);
});

test('where nothing is said there is neither text nor language', () => {
  const silent = { language: null, durationS: 2, segments: [] };
  expect(JSON.parse(written(silent, 'verbose_json').body)).toMatchObject({ text: '', language: 'unknown' });
  expect(written(silent, 'vtt').body).toBe('WEBVTT\n\n');
  expect(written(silent, 'srt').body).toBe('');
});

test('a language is known by its code, by its name, and with its country', () => {
  const codes = ['en', 'es', 'jw', 'yue'];
  expect(
    ['es', 'ES-mx', ' Spanish', 'english', 'klingon', 'pt', ''].map((told) => codeIn(codes, told)),
  ).toEqual([...['es', 'es', 'es', 'en'], ...[null, null, null]]);
  expect(['es', 'jw', 'yue'].map(nameOf)).toEqual(['spanish', 'javanese', 'cantonese']);
});

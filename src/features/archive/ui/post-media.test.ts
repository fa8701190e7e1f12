import { expect, test } from 'vitest';
import type { PostMediaId, Sha256 } from '#core/ids.ts';
import type { Transcript } from '../core/media.ts';
import type { ShownMedia } from '../core/reading/shown.ts';
import { createPostMedia } from './post-media.ts';

const place = (externalId: string, more: Partial<ShownMedia> = {}) =>
  ({ id: externalId as PostMediaId, externalId, sha256: externalId as Sha256, ...more }) as ShownMedia;
const sound = place('sound', { kind: 'audio', role: 'main', language: null });
const words = place('words', { kind: 'file', role: 'captions', of: 'sound', language: 'en' });
const said = (text: string, model?: string): Transcript => ({
  language: 'es',
  segments: [{ fromMs: 0, toMs: 900, text }],
  ...(model === undefined ? {} : { model }),
});

function wordsOf(captions: readonly ShownMedia[], transcripts: Record<string, Transcript>) {
  const media = createPostMedia([sound, ...captions], new Map([['sound', captions]]), {
    pictures: [],
    isAwaited: false,
    namedPage: null,
    canChange: false,
    open: () => undefined,
    documentPictures: new Map(),
    transcripts: new Map(Object.entries(transcripts) as [Sha256, Transcript][]),
  });
  return media
    .captionsOf('sound')
    .map(({ id, language, transcript }) => [id, language, transcript?.segments[0]?.text ?? null]);
}

test('captions come before what was heard', () => {
  const both = { words: said('written'), sound: said('heard', 'whisper-1') };
  expect(wordsOf([words], both)).toEqual([['words', 'en', 'written']]);
});

test('what was heard stands where there are no captions, or none that can be read, in the language that was heard', () => {
  const heard = { sound: said('heard', 'whisper-1') };
  expect(wordsOf([], heard)).toEqual([['sound', 'es', 'heard']]);
  expect(wordsOf([words], heard)).toEqual([
    ['words', 'en', null],
    ['sound', 'es', 'heard'],
  ]);
});

test('a sound in which nobody speaks has no words', () => {
  expect(wordsOf([], { sound: { language: null, segments: [], model: 'whisper-1' } })).toEqual([]);
  expect(wordsOf([], {})).toEqual([]);
});

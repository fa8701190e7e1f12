import { expect, test } from 'vitest';
import { stillToMake, VERSIONS, wantedFor, type Derivative } from './derivative.ts';

const made = (kind: Derivative['kind'], version = VERSIONS[kind]): Derivative => ({
  kind,
  version,
  state: { is: 'made' },
});

const film = { kind: 'video', mimeType: 'video/mp4' } as const;
const sound = { kind: 'audio', mimeType: 'audio/mpeg' } as const;
const picture = { kind: 'image', mimeType: 'image/png' } as const;
const aFile = (mimeType: string) => ({ kind: 'file', mimeType }) as const;

test('a film is measured and gets pictures, sound is measured and drawn', () => {
  expect(wantedFor(film)).toEqual(['probe', 'thumbnails']);
  expect(wantedFor(sound)).toEqual(['probe', 'waveform']);
});

test('of files PDFs and captions are read, others are left as they are', () => {
  expect(wantedFor(aFile('application/pdf'))).toEqual(['pdf', 'thumbnails']);
  expect(wantedFor(aFile('text/vtt'))).toEqual(['captions']);
  expect(wantedFor(aFile('application/x-subrip'))).toEqual(['captions']);
  expect(wantedFor(aFile('application/zip'))).toEqual([]);
  expect(wantedFor(aFile('constructor'))).toEqual([]);
});

test('what is made is not made again', () => {
  expect(stillToMake(film, [made('probe')])).toEqual(['thumbnails']);
  expect(stillToMake(picture, [made('thumbnails')])).toEqual([]);
});

test('what an older version made is made again', () => {
  expect(stillToMake(picture, [made('thumbnails', 0)])).toEqual(['thumbnails']);
});

test('what failed stays failed until the version rises; what waits for a program is tried again', () => {
  const failed: Derivative = {
    ...made('waveform'),
    state: { is: 'failed', why: { code: 'derivative.not-readable', reason: 'noise' } },
  };
  const waiting: Derivative = { ...made('probe'), state: { is: 'waiting', program: 'ffprobe' } };
  expect(stillToMake(sound, [failed, waiting])).toEqual(['probe']);
});

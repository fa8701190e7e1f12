import { expect, test } from 'vitest';
import { stillToMake, VERSIONS, wantedFor, type Derivative } from './derivative.ts';

const made = (kind: Derivative['kind'], version = VERSIONS[kind]): Derivative => ({
  kind,
  version,
  state: { is: 'made' },
});

test('a film is measured and gets pictures, sound is measured and drawn, a file is left as it is', () => {
  expect(wantedFor('video')).toEqual(['probe', 'thumbnails']);
  expect(wantedFor('audio')).toEqual(['probe', 'waveform']);
  expect(wantedFor('file')).toEqual([]);
});

test('what is made is not made again', () => {
  expect(stillToMake('video', [made('probe')])).toEqual(['thumbnails']);
  expect(stillToMake('image', [made('thumbnails')])).toEqual([]);
});

test('what an older version made is made again', () => {
  expect(stillToMake('image', [made('thumbnails', 0)])).toEqual(['thumbnails']);
});

test('what failed stays failed until the version rises; what waits for a program is tried again', () => {
  const failed: Derivative = {
    ...made('waveform'),
    state: { is: 'failed', why: { code: 'derivative.not-readable', reason: 'noise' } },
  };
  const waiting: Derivative = { ...made('probe'), state: { is: 'waiting', program: 'ffprobe' } };
  expect(stillToMake('audio', [failed, waiting])).toEqual(['probe']);
});

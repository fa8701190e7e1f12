import { expect, test } from 'vitest';
import { waveformOf } from './waveform.ts';

test('each bar is the loudest moment of its part, relative to the loudest of all', () => {
  const samples = Int16Array.from([0, -100, 50, 50, 0, 0, 10, -5]);
  expect(waveformOf(samples, 4)).toEqual([1, 0.5, 0, 0.1]);
});

test('silence is flat, and a moment has as many bars as it has samples', () => {
  expect(waveformOf(new Int16Array(1000), 3)).toEqual([0, 0, 0]);
  expect(waveformOf(Int16Array.from([7, 7]), 240)).toEqual([1, 1]);
});

test('the loudest negative value is no overflow', () => {
  expect(waveformOf(Int16Array.from([-32_768, 32_767]), 2)).toEqual([1, 1]);
});

import { expect, test } from 'vitest';
import { readQuiet } from './quiet.ts';

test('pauses and silences are told apart, and the last word on the length counts', () => {
  const said = `out_time_us=64000
progress=continue
frame:36   pts:36864   pts_time:2.304
lavfi.silence_start=2
frame:40   pts:36864   pts_time:2.5
lavfi.silence_start.1=2.2
frame:62   pts:63488   pts_time:3.968
lavfi.silence_end.1=3.9
lavfi.silence_duration.1=1.7
lavfi.silence_end=4.00006
lavfi.silence_duration=2.00006
lavfi.silence_start=5.5
out_time_us=6000000
progress=end
`;
  expect(readQuiet(said)).toEqual({
    durationMs: 6000,
    pauses: [
      { fromMs: 2000, toMs: 4000 },
      { fromMs: 5500, toMs: 6000 },
    ],
    silences: [{ fromMs: 2200, toMs: 3900 }],
  });
});

test('a sound of no length has nothing in it, and a silence may begin before the first moment', () => {
  expect(readQuiet('out_time_us=N/A\n')).toEqual({ durationMs: 0, pauses: [], silences: [] });
  expect(readQuiet('lavfi.silence_start=-0.01\nlavfi.silence_end=9\nout_time_us=2000000\n').pauses).toEqual([
    { fromMs: 0, toMs: 2000 },
  ]);
});

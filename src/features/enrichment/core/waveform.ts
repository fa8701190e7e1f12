/** Bars that a player draws; more than a phone is wide would be thrown away. */
export const WAVEFORM_BARS = 240;

/**
 * The loudest moment of each of `bars` equal parts, 0 to 1 and relative to the loudest of all, so that a quiet recording
 * shows its shape too. `samples` are 16 bit values, at least one.
 */
export function waveformOf(samples: Int16Array, bars: number = WAVEFORM_BARS): number[] {
  const count = Math.min(bars, samples.length);
  const peaks = Array.from({ length: count }, (_, bar) =>
    loudestIn(
      samples,
      Math.floor((bar * samples.length) / count),
      Math.floor(((bar + 1) * samples.length) / count),
    ),
  );
  const loudest = Math.max(1, ...peaks);
  return peaks.map((peak) => Math.round((peak / loudest) * 100) / 100);
}

function loudestIn(samples: Int16Array, from: number, to: number): number {
  let loudest = 0;
  for (let at = from; at < to; at++) loudest = Math.max(loudest, Math.abs(samples[at] ?? 0));
  return loudest;
}

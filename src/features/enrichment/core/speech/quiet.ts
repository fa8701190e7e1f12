import type { Span } from './cut.ts';

/** How long a sound is, where somebody draws breath, and where nothing at all is heard. */
export type Quiet = { durationMs: number; pauses: readonly Span[]; silences: readonly Span[] };

/**
 * What ffmpeg says of a sound: lines of two silence detectors (the second, for nothing at all, has a channel in its names)
 * and of how far it got. A silence that does not end lasts to the end.
 */
export function readQuiet(said: string): Quiet {
  const durationMs = ms([...said.matchAll(/^out_time_us=(\d+)$/gm)].at(-1)?.[1], 1000);
  return {
    durationMs,
    pauses: spansOf(said, /^lavfi[.]silence_(start|end)=([-\d.]+)$/gm, durationMs),
    silences: spansOf(said, /^lavfi[.]silence_(start|end)[.]1=([-\d.]+)$/gm, durationMs),
  };
}

function spansOf(said: string, pattern: RegExp, durationMs: number): Span[] {
  const spans: Span[] = [];
  let fromMs: number | null = null;
  for (const [, what, seconds] of said.matchAll(pattern)) {
    const at = Math.min(durationMs, Math.max(0, ms(seconds, 0.001)));
    if (what === 'start') fromMs = at;
    else if (fromMs !== null) {
      spans.push({ fromMs, toMs: at });
      fromMs = null;
    }
  }
  return fromMs === null ? spans : [...spans, { fromMs, toMs: durationMs }];
}

const ms = (told: string | undefined, perMs: number): number => {
  const value = Math.round(Number(told ?? 0) / perMs);
  return Number.isFinite(value) ? value : 0;
};

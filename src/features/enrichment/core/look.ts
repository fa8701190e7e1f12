import type { MediaLook } from '#features/archive/core/media.ts';

/** What is known so far of a media file, from whatever was made of it; what is not made yet is null or empty. */
export type LookFacts = Partial<{
  width: number;
  height: number;
  durationMs: number;
  placeholder: string;
  thumbnailWidths: readonly number[];
  hasPoster: boolean;
  waveform: readonly number[];
}>;

export const lookOf = (facts: LookFacts): MediaLook => ({
  width: facts.width ?? null,
  height: facts.height ?? null,
  durationMs: facts.durationMs ?? null,
  placeholder: facts.placeholder ?? null,
  thumbnailWidths: facts.thumbnailWidths ?? [],
  hasPoster: facts.hasPoster ?? false,
  waveform: facts.waveform ?? null,
});

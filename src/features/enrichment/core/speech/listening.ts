import type { MediaKind } from '#features/archive/core/media.ts';

export const canBeHeard = ({ kind }: { kind: MediaKind }): boolean => kind === 'audio' || kind === 'video';

/** Captions of one place where a sound or film stands: whether they can be read, or will be known later. */
export type CaptionState = 'readable' | 'unreadable' | 'awaited';

/**
 * Whether to listen to a file, by the captions at each of its places. Those that came with a post were written by
 * somebody who knew, so they win; one place without them is enough to listen. A file that stands nowhere is left alone.
 */
export function listening(places: readonly (readonly CaptionState[])[]): 'wanted' | 'later' | 'needless' {
  const standing = places.map((states) => {
    if (states.includes('readable')) return 'needless';
    return states.includes('awaited') ? 'later' : 'wanted';
  });
  return (['wanted', 'later'] as const).find((one) => standing.includes(one)) ?? 'needless';
}

/** A small deterministic source of chance, so that the same seed always makes the same household. */
export type Random = {
  /** 0 up to, but not including, 1. */
  next: () => number;
  /** Whole number, both ends included. */
  int: (from: number, to: number) => number;
  pick: <T>(list: readonly T[]) => T;
  sample: <T>(list: readonly T[], count: number) => T[];
  chance: (probability: number) => boolean;
  /** An independent source: what one part of the household draws does not move the others. */
  fork: (label: string) => Random;
  hex: (length: number) => string;
};

/** FNV-1a. Good enough to spread labels; nothing here is secret. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  const pick = <T>(list: readonly T[]): T => {
    if (list.length === 0) throw new Error('nothing to pick from');
    return list[int(0, list.length - 1)] as T;
  };
  const sample = <T>(list: readonly T[], count: number): T[] => {
    const rest = [...list];
    const taken: T[] = [];
    while (taken.length < count && rest.length > 0) taken.push(...rest.splice(int(0, rest.length - 1), 1));
    return taken;
  };
  return {
    next,
    int,
    pick,
    sample,
    chance: (probability) => next() < probability,
    fork: (label) => createRandom((seed ^ hash(label)) >>> 0),
    hex: (length) =>
      Array.from({ length: Math.ceil(length / 8) }, () =>
        Math.floor(next() * 4_294_967_296)
          .toString(16)
          .padStart(8, '0'),
      )
        .join('')
        .slice(0, length),
  };
}

/** 32 hex digits as Jellyfin's ids, always the same for the same words. */
export function hexId(...words: readonly (string | number)[]): string {
  const text = words.join(':');
  return ['a', 'b', 'c', 'd']
    .map((salt) => hash(`${salt}${text}${salt}`).toString(16).padStart(8, '0'))
    .join('');
}

/**
 * A model of meaning that is made from who stands beside whom in the seed: what is said of the same thing comes close,
 * whatever the words, and in two languages where the seed says it in both. Reflective random indexing, as Kanerva and
 * Cohen describe it: every topic and saying has a direction of its own, a word points where its sayings point.
 * A stand-in: it knows nothing beyond the seed, and a word that it never read has a direction of its own.
 */
import { createHash } from 'node:crypto';
import type { Saying } from './sayings.ts';

export const DIMENSIONS = 384;

/** How much of a word is the word itself, so that the same word is nearer than another of the same topic. */
const ITSELF = 0.45;
/** A saying counts more than the topic that it shares with others. */
const SAYING = 1;
const TOPIC = 0.7;

export type Meaning = (text: string) => Float32Array;

type Known = { rarity: number; direction: Float32Array };

export function learnMeaning(sayings: readonly Saying[]): Meaning {
  const stems = sayings.map(({ text }) => stemsOf(text));
  const known = learnStems(sayings, stems);
  // What it never read says little about what the rest means.
  const unread = Math.log(1 + sayings.length) / 3;

  return function embed(text) {
    const vector = new Float32Array(DIMENSIONS);
    for (const [stem, times] of counted(stemsOf(text))) {
      const { rarity, direction } = known.get(stem) ?? { rarity: unread, direction: directionOf(stem) };
      add(vector, direction, rarity ** 2 * (1 + Math.log(times)));
    }
    return unit(vector) ?? directionOf(text);
  };
}

/** Where each stem points: to what its sayings are about, and to what their other words are about. */
function learnStems(sayings: readonly Saying[], stems: readonly string[][]): Map<string, Known> {
  const rarities = raritiesOf(stems);
  const first = pointed(stems, (index) => {
    const context = new Float32Array(DIMENSIONS);
    add(context, directionOf(`topic ${sayings[index]?.about ?? ''}`), TOPIC);
    add(context, directionOf(`saying ${index}`), SAYING);
    return context;
  });
  const second = pointed(stems, (index) => {
    const context = new Float32Array(DIMENSIONS);
    for (const stem of stems[index] ?? []) {
      const direction = first.get(stem);
      if (direction) add(context, direction, rarities.get(stem) ?? 0);
    }
    return unit(context) ?? context;
  });
  const common = new Float32Array(DIMENSIONS);
  for (const direction of second.values()) add(common, direction, 1 / second.size);
  return new Map(
    [...second].map(([stem, direction]) => {
      // What all of them have in common tells none of them apart.
      const apart = Float32Array.from(direction);
      add(apart, common, -1);
      const mixed = new Float32Array(DIMENSIONS);
      add(mixed, unit(apart) ?? apart, 1 - ITSELF);
      add(mixed, directionOf(stem), ITSELF);
      return [stem, { rarity: rarities.get(stem) ?? 0, direction: unit(mixed) ?? mixed }];
    }),
  );
}

/** The sum of the contexts that each stem stands in. */
function pointed(
  stems: readonly string[][],
  contextOf: (index: number) => Float32Array,
): Map<string, Float32Array> {
  const found = new Map<string, Float32Array>();
  for (const [index, own] of stems.entries()) {
    const context = contextOf(index);
    for (const stem of new Set(own)) {
      const direction = found.get(stem) ?? new Float32Array(DIMENSIONS);
      add(direction, context, 1);
      found.set(stem, direction);
    }
  }
  for (const [stem, direction] of found) found.set(stem, unit(direction) ?? direction);
  return found;
}

function raritiesOf(stems: readonly string[][]): Map<string, number> {
  const counts = counted(stems.flatMap((own) => [...new Set(own)]));
  return new Map([...counts].map(([stem, count]) => [stem, Math.log(1 + stems.length / count)]));
}

/** Without accents, case and endings: so far that "barniz" and "barnizar" are one. */
function stemsOf(text: string): string[] {
  const plain = text.toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '');
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => word.length > 2).map(stemOf);
}

const STEM = 6;
const stemOf = (word: string): string => word.replace(/(es|s)$/, '').slice(0, STEM);

function counted(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** A direction that belongs to these words and to nothing else, the same on every machine. */
function directionOf(name: string): Float32Array {
  const bytes = createHash('shake256', { outputLength: DIMENSIONS }).update(name).digest();
  const numbers = Float32Array.from(bytes, (byte) => byte - 127.5);
  return unit(numbers) ?? numbers;
}

function add(sum: Float32Array, direction: Float32Array, weight: number): void {
  for (let at = 0; at < DIMENSIONS; at += 1) sum[at] = (sum[at] ?? 0) + (direction[at] ?? 0) * weight;
}

function unit(numbers: Float32Array): Float32Array | null {
  const length = Math.sqrt(numbers.reduce((sum, one) => sum + one * one, 0));
  return length === 0 ? null : numbers.map((one) => one / length);
}

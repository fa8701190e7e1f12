/** What the vectors of a model are known by, so that it can be told whether those of another may stand beside them. */
export type Space = {
  model: string;
  passagePrefix: string;
  dimensions: number;
  /** The vectors of the same few sentences, of length 1, embedded as passages. */
  probes: readonly (readonly number[])[];
};

/** Short, ordinary, and in the two languages that the archive is mostly in. */
export const PROBES: readonly string[] = [
  'La lámpara del taller está encendida.',
  'The map of the coast was drawn by hand.',
  '¿Cuánto tarda en secarse el barniz?',
];

/** The same weights, rounded more or less on another server: such vectors differ by a few hundredths at most. */
const ROUNDED = 0.95;
/** Under another name only what is the same but for the last digits is believed to be the same model. */
const SAME = 0.999;

/**
 * Whether vectors of both may be compared. Decided by what the model answers, not by where it runs: a model that moves to
 * another server stays the same, and a server that runs another model under the old name does not. The prefix of passages is
 * part of what was embedded; that of queries is not, since queries are embedded when they are asked.
 */
export function isComparable(one: Space, other: Space): boolean {
  if (one.dimensions !== other.dimensions || one.passagePrefix !== other.passagePrefix) return false;
  if (one.probes.length !== other.probes.length) return false;
  const wanted = one.model === other.model ? ROUNDED : SAME;
  return one.probes.every((probe, at) => dot(probe, other.probes[at] ?? []) >= wanted);
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, number, at) => sum + number * (b[at] ?? 0), 0);

import { deflateSync } from 'node:zlib';

/** What says the same again and again becomes much smaller: a mark of words that were made up. */
export function compressionOf(words: string): number {
  const bytes = Buffer.from(words);
  return bytes.length / deflateSync(bytes).length;
}

/** Whisper's own limit. */
const MOST_COMPRESSION = 2.4;

/** A model that goes round in circles says one thing dozens of times: it is said once then, for as long as all of them took. */
export function withoutCircles<S extends { fromS: number; toS: number; text: string }>(
  segments: readonly S[],
): S[] {
  const runs: S[][] = [];
  for (const segment of segments) {
    const run = runs.at(-1);
    if (run?.[0]?.text === segment.text) run.push(segment);
    else runs.push([segment]);
  }
  return runs.flatMap((run) => {
    const [first, last] = [run[0], run.at(-1)];
    const isCircle = run.length > 1 && compressionOf(run.map(({ text }) => text).join('')) > MOST_COMPRESSION;
    return isCircle && first && last ? [{ ...first, toS: last.toS }] : run;
  });
}

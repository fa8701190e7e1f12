/** What is said from one time to another, in seconds from the beginning of its window. */
export type Piece = { fromS: number; toS: number; tokens: readonly number[] };

type How = {
  /** The token that says 0.00; each after it is 20 ms later. */
  firstTime: number;
  windowS: number;
};

const STEP_S = 0.02;
/** When a model says that nothing was finished, the next window would begin where this one did. */
const LEAST_ADVANCE_S = 1;

/**
 * A window as Whisper writes it: words between two times, twice the same time where one piece ends and another begins. What has no end
 * was cut off by the end of the window and is left to the next, which begins `advanceS` later (as Whisper's own program does it).
 */
export function cutAtTimes(written: readonly number[], { firstTime, windowS }: How) {
  const isTime = (token: number | undefined): boolean => token !== undefined && token >= firstTime;
  const timeOf = (token: number): number => Math.min((token - firstTime) * STEP_S, windowS);
  const borders = written.flatMap((token, at) =>
    at > 0 && isTime(token) && isTime(written[at - 1]) ? [at] : [],
  );
  const isClosed = isTime(written.at(-1)) && !isTime(written.at(-2));
  const ends = borders.length === 0 || isClosed ? [...borders, written.length] : borders;
  const pieces = ends.flatMap((end, index) => {
    const part = written.slice(index === 0 ? 0 : ends[index - 1], end);
    const times = part.filter(isTime).map(timeOf);
    const fromS = times[0] ?? 0;
    // One time alone is where it begins; that it ends is only known of the window.
    const toS =
      times.length > 1 || (isTime(part.at(-1)) && part.length > 1) ? (times.at(-1) ?? windowS) : windowS;
    const tokens = part.filter((token) => !isTime(token));
    return tokens.length > 0 && toS > fromS ? [{ fromS, toS, tokens }] : [];
  });
  const last = written[(borders.at(-1) ?? 0) - 1];
  const advanceS = borders.length === 0 || isClosed || last === undefined ? windowS : timeOf(last);
  return { pieces: pieces satisfies Piece[], advanceS: advanceS < LEAST_ADVANCE_S ? windowS : advanceS };
}

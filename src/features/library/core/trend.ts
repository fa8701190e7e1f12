/** Change per day: the middle of all lines through two days, and the quarters to both sides. */
export type Trend = { slope: number; low: number; high: number };

/** `size` is what the value is a part of, so that noise can be told from news. Days are in order, each at most once. */
type DayValue = { day: number; value: number; size: number };

/** So many days ago counts half: what came last month says less of the next one than last week. */
const HALF_LIFE_DAYS = 14;
/** A drop so many times larger than what changes in a usual day was no usual day. */
const DROP_FACTOR = 3;
/** And it is more than this share of the disk: on a quiet disk everything is large. */
const DROP_SHARE = 0.001;

/**
 * Theil–Sen: the line through every two days, and of all these the weighted median, so that odd days have to be the
 * majority to be heard. Where the value drops suddenly the line is cut: only days of the same stretch are compared, so
 * what somebody deleted does not look as if less came in. A steady decline is no drop. Null when no two days can be
 * compared.
 */
export function trendOf(days: readonly DayValue[]): Trend | null {
  const newest = days.at(-1)?.day ?? 0;
  const lines = stretchesOf(days).flatMap((stretch) => linesThrough(stretch, newest));
  if (lines.length === 0) return null;
  const sorted = lines.sort((a, b) => a.slope - b.slope);
  return { slope: quantile(sorted, 0.5), low: quantile(sorted, 0.25), high: quantile(sorted, 0.75) };
}

type Line = { slope: number; weight: number };

function stretchesOf(days: readonly DayValue[]): DayValue[][] {
  const usual = usualChange(days);
  const stretches: DayValue[][] = [];
  let current: DayValue[] = [];
  for (const day of days) {
    const before = current.at(-1);
    if (before && isDrop(before, day, usual)) {
      stretches.push(current);
      current = [];
    }
    current.push(day);
  }
  return [...stretches, current];
}

function isDrop(before: DayValue, after: DayValue, usual: number): boolean {
  const drop = before.value - after.value;
  const most = Math.max(DROP_FACTOR * usual * (after.day - before.day), DROP_SHARE * after.size);
  return drop > most;
}

/** Per day, whichever way. */
function usualChange(days: readonly DayValue[]): number {
  const changes = days.slice(1).map((day, index) => {
    const before = days[index] ?? day;
    return Math.abs(day.value - before.value) / Math.max(1, day.day - before.day);
  });
  return changes.toSorted((a, b) => a - b)[Math.floor(changes.length / 2)] ?? 0;
}

function linesThrough(stretch: readonly DayValue[], newest: number): Line[] {
  const lines: Line[] = [];
  for (const [index, to] of stretch.entries()) {
    for (const from of stretch.slice(0, index)) {
      const slope = (to.value - from.value) / (to.day - from.day);
      lines.push({ slope, weight: 0.5 ** ((newest - (from.day + to.day) / 2) / HALF_LIFE_DAYS) });
    }
  }
  return lines;
}

/** Where the weights of the smaller ones reach this share of all. */
function quantile(sorted: readonly Line[], share: number): number {
  const wanted = sorted.reduce((sum, { weight }) => sum + weight, 0) * share;
  let sum = 0;
  for (const { slope, weight } of sorted) {
    sum += weight;
    if (sum >= wanted) return slope;
  }
  return sorted.at(-1)?.slope ?? 0;
}

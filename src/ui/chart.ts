/** Geometry of the small charts. Coordinates are in a box of `width` × `height` with the origin at the top left. */

export type Point = { x: number; y: number };
export type Box = { width: number; height: number };
export type Range = { from: number; to: number };

const share = (value: number, { from, to }: Range): number =>
  to === from ? 0.5 : (value - from) / (to - from);

/** Values become places in the box; the greatest y is at the top. */
export const place = (points: readonly Point[], x: Range, y: Range, box: Box): Point[] =>
  points.map((point) => ({
    x: round(share(point.x, x) * box.width),
    y: round((1 - share(point.y, y)) * box.height),
  }));

export const linePath = (points: readonly Point[]): string =>
  points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('');

/** The line closed down to the bottom of the box. */
export function areaPath(points: readonly Point[], box: Box): string {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return '';
  return `${linePath(points)}L${last.x} ${box.height}L${first.x} ${box.height}Z`;
}

export function rangeOf(values: readonly number[]): Range {
  if (values.length === 0) return { from: 0, to: 1 };
  return { from: Math.min(...values), to: Math.max(...values) };
}

/** The smallest of 1, 2, 2.5, 5 × 10ⁿ that holds the value, so that an axis ends on a number people say. */
export function niceMax(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= value) ?? 10;
  return step * power;
}

const round = (value: number): number => Math.round(value * 100) / 100;

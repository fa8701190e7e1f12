import type { RemovalState } from '../../core/removal/removal.ts';
import type { TrailMark } from './runs.ports.ts';

export const markOf = (state: RemovalState, at: Date): TrailMark => ({
  at,
  is: state.is,
  step: 'step' in state ? state.step : null,
  tries: state.is === 'under-way' ? state.tries : null,
});

/** A place in the history that stays the same while new entries come in front of it. */
export const cursorOf = (endedAt: Date, id: string): string => `${String(endedAt.getTime())}_${id}`;

/** Null when it is none of ours: the page then starts from the newest. */
export function readCursor(cursor: string): { at: Date; id: string } | null {
  const [, time, id] = /^(\d{1,14})_(.+)$/.exec(cursor) ?? [];
  return time === undefined || id === undefined ? null : { at: new Date(Number(time)), id };
}

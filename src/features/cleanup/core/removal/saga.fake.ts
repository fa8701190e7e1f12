import { unknown } from '#core/fact.ts';
import { aFilmNow, aRemoval, aSeasonRemoval, aShowNow } from './removal.fake.ts';
import type { Removal, RemovalStep, UnderWay } from './removal.ts';
import { nextStep, type Observed } from './saga.ts';
import type { StepProblem, TitleNow } from './title-now.ts';

export const now = new Date('2026-11-20T03:00:00.000Z');
export const silence: StepProblem = { code: 'step.unreachable', reason: 'timed out' };

export const read = (
  title: TitleNow | null,
  more: Partial<Extract<Observed, { was: 'read' }>> = {},
): Observed => ({
  was: 'read',
  title,
  objections: [],
  onDisk: unknown('not-mounted'),
  ...more,
});

export const at = (step: RemovalStep, more: Partial<UnderWay> = {}): UnderWay => ({
  is: 'under-way',
  step,
  begunAt: now,
  tries: 0,
  bytes: 8_000_000_000,
  notes: [],
  ...more,
});

export const film = (step: RemovalStep, more: Partial<UnderWay> = {}): Removal =>
  aRemoval({ state: at(step, more) });
export const season = (step: RemovalStep): Removal => aSeasonRemoval({ state: at(step) });
export const calm = aFilmNow({ monitored: false });
export const calmShow = aShowNow({
  seasons: [
    { number: 1, monitored: false },
    { number: 2, monitored: true },
  ],
});

export const deedAfter = (removal: Removal, observed: Observed) => nextStep(removal, observed, now).deed;
export const writtenAfter = (removal: Removal, observed: Observed) => nextStep(removal, observed, now).write;

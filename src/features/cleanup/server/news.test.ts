import { expect, test } from 'vitest';
import type { ItemId, PlanId, PolicyId, RunId } from '#core/ids.ts';
import type { NotificationEvent } from '#features/notifications/core/event.ts';
import type { Run, RunOutcome } from '../core/removal/removal.ts';
import { createNews } from './news.ts';
import type { Leaving } from './planning/planning.ports.ts';

const films = 'films' as PolicyId;
const series = 'series' as PolicyId;

const aLeaving = (parts: Partial<Leaving> = {}): Leaving => ({
  itemId: 'c1-1' as ItemId,
  kind: 'film',
  title: 'Dune',
  year: 2021,
  seasonNumber: null,
  episodes: [],
  sizeBytes: 5,
  requestedBy: ['ana'],
  dueAt: new Date('2026-12-04T00:00:00Z'),
  policyId: films,
  policyName: 'Films',
  armed: true,
  ...parts,
});

const aRun = (outcome: RunOutcome, parts: Partial<Run> = {}): Run => ({
  id: 'r1' as RunId,
  policyId: films,
  policyName: 'Films',
  planId: 'p1' as PlanId,
  mode: 'real',
  startedBy: 'schedule',
  byName: null,
  startedAt: new Date('2026-11-21T04:00:00Z'),
  endedAt: new Date('2026-11-21T04:05:00Z'),
  outcome,
  ...parts,
});

function open(leaving: readonly Leaving[] = [], marks: Record<string, readonly [string, string][]> = {}) {
  const told: NotificationEvent[] = [];
  const warnings: string[] = [];
  let isBroken = false;
  const news = createNews({
    tell: async (event) => {
      if (isBroken) throw new Error('the database is away');
      told.push(event);
    },
    policy: async () => ({ name: 'Films', armed: true }),
    leaving: async () => leaving,
    markedSince: async (id) => new Map((marks[id] ?? []).map(([item, at]) => [item as ItemId, new Date(at)])),
    nameOf: async (id) => (id === 'c1' ? 'Radarr' : null),
    log: { info: () => undefined, warn: (what) => void warnings.push(what) },
  });
  return { news, told, warnings, breakIt: () => (isBroken = true) };
}

const counts = { items: 0, bytes: 0, failed: 0, leftAlone: 0 };

test('C-19: a run is told with its numbers; one that was stopped with its reasons; one without work not at all', async () => {
  const { news, told } = open();
  await news.runsEnded([
    aRun({ is: 'done', ...counts, items: 3, bytes: 9 }),
    aRun({ is: 'cut-short', because: 'c1', ...counts, failed: 1 }),
    aRun({ is: 'stopped', because: ['breaker.source-failed'] }),
    aRun({ is: 'waiting', items: 2, bytes: 5 }),
    aRun({ is: 'done', ...counts }),
    aRun({ is: 'under-way' }),
  ]);
  expect(told).toMatchObject([
    { kind: 'run-done', run: { items: 3, bytes: 9, cutShort: null } },
    { kind: 'run-done', run: { failed: 1, cutShort: 'Radarr' } },
    { kind: 'run-stopped', run: { because: ['breaker.source-failed'] } },
    { kind: 'run-waiting', run: { items: 2, bytes: 5 } },
  ]);
});

test('C-19: only what an armed policy marked is announced, with the day it was marked first', async () => {
  const { news, told } = open(
    [
      aLeaving(),
      aLeaving({ policyId: series, dueAt: new Date('2026-12-20T00:00:00Z') }),
      aLeaving({ itemId: 'c1-2' as ItemId, armed: false }),
      aLeaving({ itemId: 'c1-3' as ItemId }),
    ],
    {
      [films]: [
        ['c1-1', '2026-11-20T00:00:00Z'],
        ['c1-2', '2026-11-20T00:00:00Z'],
      ],
      [series]: [['c1-1', '2026-11-10T00:00:00Z']],
    },
  );
  await news.leavingSoon();
  expect(told).toEqual([
    {
      kind: 'leaving-soon',
      titles: [
        expect.objectContaining({
          itemId: 'c1-1',
          markedAt: new Date('2026-11-10T00:00:00Z'),
          dueAt: new Date('2026-12-04T00:00:00Z'),
          requestedBy: ['ana'],
        }),
      ],
    },
  ]);
});

test('C-19: who cannot be told does not stop a clean-up', async () => {
  const { news, warnings, breakIt } = open([aLeaving()]);
  breakIt();
  await news.leavingSoon();
  await news.runsEnded([aRun({ is: 'stopped', because: [] })]);
  expect(warnings).toHaveLength(2);
});

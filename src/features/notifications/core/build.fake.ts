import type { ItemId, PolicyId, RunId } from '#core/ids.ts';
import type { Channel, ChannelId } from './channel.ts';
import type { LeavingTitle, PlanNews, RunNews } from './event.ts';

export const aTitle = (parts: Partial<LeavingTitle> = {}): LeavingTitle => ({
  itemId: 'c0000001-1' as ItemId,
  markedAt: new Date('2026-11-20T00:00:00Z'),
  title: 'Dune',
  year: 2021,
  seasonNumber: null,
  bytes: 12_000_000_000,
  dueAt: new Date('2026-12-04T00:00:00Z'),
  requestedBy: ['Ana'],
  ...parts,
});

export const titles = (count: number, parts: Partial<LeavingTitle> = {}): LeavingTitle[] =>
  Array.from({ length: count }, (_, index) =>
    aTitle({ itemId: `c0000001-${index + 1}` as ItemId, title: `Film ${index + 1}`, ...parts }),
  );

export const aPlan = (parts: Partial<PlanNews> = {}): PlanNews => ({
  policyId: 'p1' as PolicyId,
  policyName: 'Films',
  armed: true,
  remove: { items: 3, bytes: 30_000_000_000 },
  leavingSoon: { items: 5, bytes: 50_000_000_000 },
  trips: [],
  ...parts,
});

export const aRun = (parts: Partial<RunNews> = {}): RunNews => ({
  runId: 'r1' as RunId,
  policyName: 'Films',
  mode: 'real',
  items: 3,
  bytes: 30_000_000_000,
  failed: 0,
  leftAlone: 0,
  cutShort: null,
  ...parts,
});

export const aChannel = (parts: Partial<Channel> = {}): Channel => ({
  id: 'ch000001' as ChannelId,
  name: 'House',
  enabled: true,
  topics: ['plan-made', 'leaving-soon', 'run-done', 'run-stopped', 'service-down', 'service-up'],
  language: 'en',
  tellsRequesters: false,
  settings: { kind: 'gotify', url: 'http://gotify.lan', priority: 5 },
  hasSecret: true,
  ...parts,
});

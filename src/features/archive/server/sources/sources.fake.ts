import type { SourceId } from '#core/ids.ts';
import type { SourceStore, StoredSource } from './sources.ports.ts';
import type { TurnStore } from './turns.ts';

export const aSource = (over: Partial<StoredSource> = {}): StoredSource => ({
  id: 's0000001' as SourceId,
  plugin: 'invented',
  name: 'Invented',
  sealedCredentials: 'sealed(abc)',
  settings: {
    pacing: { minPauseMs: 1500, maxPauseMs: 3000, downloads: 2 },
    userAgent: 'Test',
    mostBytes: null,
  },
  enabled: true,
  cron: '17 4 * * *',
  timeZone: 'Europe/Madrid',
  state: { is: 'unchecked' },
  lookedAt: null,
  createdAt: new Date('2026-01-01T00:00:00.000Z'),
  ...over,
});

export function fakeSources(withPosts: ReadonlySet<SourceId> = new Set()): SourceStore {
  const rows = new Map<SourceId, StoredSource>();
  const hasName = (id: SourceId, name: string | undefined) =>
    [...rows.values()].some((one) => one.name === name && one.id !== id);
  return {
    list: async () => [...rows.values()],
    find: async (id) => rows.get(id) ?? null,
    add: async (source) => {
      if (rows.has(source.id) || hasName(source.id, source.name)) return false;
      rows.set(source.id, source);
      return true;
    },
    change: async (id, change) => {
      if (hasName(id, change.name)) return 'name-taken';
      const before = rows.get(id);
      if (!before) return 'gone';
      rows.set(id, { ...before, ...change });
      return 'changed';
    },
    saveState: async ({ id, sealedCredentials }, state) => {
      const before = rows.get(id);
      if (before?.sealedCredentials === sealedCredentials) rows.set(id, { ...before, state });
    },
    saveLook: async (id, lookedAt) => {
      const before = rows.get(id);
      if (before) rows.set(id, { ...before, lookedAt });
    },
    remove: async (id) => {
      if (withPosts.has(id)) return 'has-posts';
      return rows.delete(id) ? 'removed' : 'gone';
    },
  };
}

type Turn = { holder: string | null; heldUntil: number; freeAt: number };

export function fakeTurns(now: () => number = Date.now): TurnStore {
  const rows = new Map<SourceId, Turn>();
  const held = (id: SourceId, holder: string) => {
    const turn = rows.get(id);
    return turn?.holder === holder ? turn : null;
  };
  return {
    take: async (id, holder, leaseMs) => {
      const turn = rows.get(id) ?? { holder: null, heldUntil: 0, freeAt: now() };
      if (turn.holder !== null && turn.heldUntil > now()) return { is: 'held' };
      if (turn.freeAt > now()) return { is: 'paused', freeInMs: turn.freeAt - now() };
      rows.set(id, { ...turn, holder, heldUntil: now() + leaseMs });
      return { is: 'taken' };
    },
    keep: async (id, holder, leaseMs) => {
      const turn = held(id, holder);
      if (turn) turn.heldUntil = now() + leaseMs;
    },
    give: async (id, holder, pauseMs) => {
      if (held(id, holder)) rows.set(id, { holder: null, heldUntil: 0, freeAt: now() + pauseMs });
    },
  };
}

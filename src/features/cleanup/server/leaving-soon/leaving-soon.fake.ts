import { ok } from '#core/result.ts';
import { err } from '#core/result.ts';
import type { Shelf } from '../ports.ts';
import type { KnownShelf, ShelfStore } from './leaving-soon.ports.ts';

export function fakeShelfStore(): ShelfStore {
  const rows = new Map<string, KnownShelf>();
  return {
    get: async (connectionId, kind) => rows.get(`${connectionId}-${kind}`) ?? null,
    save: async (shelf) => void rows.set(`${shelf.connectionId}-${shelf.kind}`, { ...shelf }),
    forget: async (connectionId, kind) => void rows.delete(`${connectionId}-${kind}`),
  };
}

type Collection = { id: string; name: string; members: Set<string>; posters: string[] };

/** A media server with collections, and a list of every call that changed something. */
export function fakeShelf() {
  let next = 1;
  const collections: Collection[] = [];
  const calls: string[] = [];
  let isOnline = true;
  const down = err({ code: 'step.unreachable', reason: 'off' } as const);
  const find = (id: string) => collections.find((one) => one.id === id);
  const refused = err({ code: 'step.refused', status: 404, reason: 'no such collection' } as const);

  const shelf: Shelf = {
    tellRemoved: async () => ok(undefined),
    openCollection: async (name, lastKnownId, firstMember) => {
      if (!isOnline) return down;
      const known = find(lastKnownId ?? '') ?? collections.find((one) => one.name === name);
      if (known !== undefined) return ok({ id: known.id, members: [...known.members] });
      if (firstMember === null) return ok(null);
      const made = { id: `box${String(next++)}`, name, members: new Set([firstMember]), posters: [] };
      collections.push(made);
      calls.push(`make ${name}`);
      return ok({ id: made.id, members: [firstMember] });
    },
    addToCollection: async (id, members) => {
      calls.push(`add ${members.join(',')}`);
      for (const member of members) find(id)?.members.add(member);
      return find(id) === undefined ? refused : ok(undefined);
    },
    removeFromCollection: async (id, members) => {
      calls.push(`remove ${members.join(',')}`);
      for (const member of members) find(id)?.members.delete(member);
      return ok(undefined);
    },
    setPoster: async (id, image) => {
      calls.push('poster');
      find(id)?.posters.push(new TextDecoder().decode(image));
      return ok(undefined);
    },
  };

  return {
    shelf,
    calls,
    collections,
    goOffline: () => void (isOnline = false),
    /** Somebody deletes the collection in the media server. */
    deleteByHand: (name: string) => {
      const index = collections.findIndex((one) => one.name === name);
      if (index >= 0) collections.splice(index, 1);
    },
  };
}

import type { PostId } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import type { Plugin, Plugins } from '../ports.ts';
import { lockPost } from './copies.store.ts';
import { countShown, postsToReplay, replayRow, type Replayed } from './replay.store.ts';
import type { Later } from './sync.ports.ts';

export type ReplayDeps = {
  db: Db;
  plugins: Plugins;
  later: Pick<Later, 'fetchMedia'>;
  changed: () => void;
  newId: () => string;
};

export type ShownCounts = Awaited<ReturnType<typeof countShown>>;

/** What could not be read at all, with the first of them. */
export type Unreadable = { count: number; first: readonly { post: string; why: string }[] };

/** What it came to for one kind of source. */
export type Replay = {
  plugin: string;
  parserVersion: number;
  read: number;
  changed: number;
  /** Places of posts that wait for their bytes since. */
  wanted: number;
  unreadable: Unreadable;
  before: ShownCounts;
  after: ShownCounts;
};

export type ReplayWish = {
  /** Also posts that this version of the parser derived already. */
  all: boolean;
  signal: AbortSignal;
  progress: (progress: { done: number; total?: number | null; text?: string }) => void;
};

const AT_ONCE = 200;
const MOST_NAMED = 20;

/** Derives what is shown from the raw answers again; nothing is asked of any source. */
export function createReplayService({ db, plugins, later, changed, newId }: ReplayDeps) {
  /** Null when the post went away meanwhile. */
  const replayOne = (id: PostId, plugin: Plugin): Promise<(Replayed & { post: string }) | null> =>
    db.transaction(async (transaction) => {
      const row = await lockPost(transaction, id);
      if (!row) return null;
      const replayed = await replayRow(transaction, { row, plugin, newId });
      if (replayed.wanted.length > 0) await later.fetchMedia(transaction, replayed.wanted);
      return { ...replayed, post: row.externalId };
    });

  async function replay(plugin: Plugin, { all, signal, progress }: ReplayWish): Promise<Replay> {
    const before = await countShown(db, plugin.id);
    const not = all ? null : plugin.parserVersion;
    const done = { read: 0, changed: 0, wanted: 0 };
    const unreadable: Unreadable['first'][number][] = [];
    let after: PostId | null = null;
    for (;;) {
      const ids: PostId[] = await postsToReplay(db, { plugin: plugin.id, not, after, limit: AT_ONCE });
      for (const id of ids) {
        signal.throwIfAborted();
        const replayed = await replayOne(id, plugin);
        if (!replayed) continue;
        done.read += 1;
        done.changed += replayed.changed ? 1 : 0;
        done.wanted += replayed.wanted.length;
        if (replayed.unreadable !== null) unreadable.push({ post: replayed.post, why: replayed.unreadable });
      }
      after = ids.at(-1) ?? null;
      progress({ done: done.read, total: all ? before.posts : null, text: plugin.name });
      if (ids.length < AT_ONCE) break;
    }
    if (done.read > 0) changed();
    const { id, parserVersion } = plugin;
    return {
      plugin: id,
      parserVersion,
      ...done,
      unreadable: { count: unreadable.length, first: unreadable.slice(0, MOST_NAMED) },
      before,
      after: await countShown(db, id),
    };
  }

  return {
    async replay(wish: ReplayWish): Promise<Replay[]> {
      const done: Replay[] = [];
      for (const plugin of plugins.all) done.push(await replay(plugin, wish));
      return done;
    },
  };
}

import type { PostId, PostMediaId, SourceId } from '#core/ids.ts';
import { ok } from '#core/result.ts';
import { sql, type Database } from '#server/platform/db.ts';
import { createArchive } from '../archive.ts';
import type { KeepPictures, Later } from './sync.ports.ts';
import type { Plugin } from '../ports.ts';
import { fakePlugin, type FakeWorld } from '../ports.fake.ts';

type Queued = { name: string; payload: Record<string, unknown>; startAfter: Date | null };

type ArchiveChanges = {
  plugin?: Plugin;
  fetchMedia?: Later['fetchMedia'];
  keepPictures?: KeepPictures;
};

/** Two archives over one database must not give the same id twice. */
let made = 0;

/** The whole archive over a real database and an invented source; its jobs wait in a list until a test runs them. */
export function anArchive(
  database: Pick<Database, 'db'>,
  world: FakeWorld,
  { plugin = fakePlugin(world), fetchMedia, keepPictures }: ArchiveChanges = {},
) {
  const queued: Queued[] = [];
  const wanted: PostMediaId[] = [];
  const told: { kind: 'stopped' | 'expiring'; name: string }[] = [];
  let now = new Date('2026-06-01T08:00:00.000Z');
  const newId = () => `id${String((made += 1)).padStart(6, '0')}-${process.pid}`;

  const archive = createArchive({
    db: database.db,
    plugins: { all: [plugin], find: (id) => (id === plugin.id ? plugin : null) },
    queue: {
      add: async (job, payload, { startAfter = null } = {}) => {
        const key = JSON.stringify([job.name, payload]);
        if (queued.some(({ name, payload: other }) => JSON.stringify([name, other]) === key)) return null;
        queued.push({ name: job.name, payload: payload as Record<string, unknown>, startAfter });
        return key;
      },
      schedule: async () => undefined,
      unschedule: async () => undefined,
    },
    box: { seal: (text) => `sealed(${text})`, open: (sealed) => ok(sealed.slice(7, -1)) },
    hide: () => undefined,
    changed: () => undefined,
    transcriptOf: () => Promise.resolve(null),
    picturesIn: () => Promise.resolve([]),
    looks: () => Promise.resolve(new Map()),
    tell: {
      stopped: async ({ name }) => void told.push({ kind: 'stopped', name }),
      expiring: async ({ name }) => void told.push({ kind: 'expiring', name }),
    },
    fetchMedia: fetchMedia ?? (async (_transaction, ids) => void wanted.push(...ids)),
    keepPictures: keepPictures ?? (async () => undefined),
    time: { now: () => now, pause: async () => undefined },
    random: () => 0,
    newId,
    shortId: newId,
    log: { info: () => undefined, warn: () => undefined },
  });
  const signal = new AbortController().signal;
  const posts = () => queued.filter(({ name }) => name === 'archive.post');

  return {
    archive,
    queued,
    wanted,
    told,
    signal,
    at: (moment: string) => void (now = new Date(moment)),
    later: (ms: number) => void (now = new Date(now.getTime() + ms)),
    now: () => now,

    async signedIn(): Promise<SourceId> {
      const added = await archive.sources.add({
        plugin: plugin.id,
        credentials: { cookie: 'sesame' },
        cron: '0 5 * * *',
        timeZone: 'UTC',
      });
      if (!added.ok) throw new Error(added.error.code);
      queued.length = 0;
      return added.value.id;
    },

    /** A sync and then every post that it wants, as the queue would: those that fail stay for the next one. */
    async sync(id: SourceId) {
      const end = await archive.sync(id, null, { signal, progress: () => undefined });
      const outcomes = [];
      for (let job = posts()[0]; job; job = posts()[0]) {
        queued.splice(queued.indexOf(job), 1);
        outcomes.push(await archive.readPost(job.payload['postId'] as PostId, signal));
      }
      return { end, outcomes };
    },
  };
}

/** The downloads of a sync as rows of the same transaction, as the queue keeps them: for tests that kill it. */
export const wantedInTable: Later['fetchMedia'] = async (transaction, ids) => {
  for (const id of ids) await transaction.execute(sql`insert into kill_wanted (id) values (${id})`);
};

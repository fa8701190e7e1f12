import { setImmediate } from 'node:timers/promises';
import type { DetectLanguage, DocumentKind } from '../core/document.ts';
import { cut, prepared } from './indexed-document.ts';
import { createLane } from './lane.ts';
import type { Change, IndexedDocument, IndexStore, TextSource } from './ports.ts';
import { createRecent, type Recent } from './recent.ts';

export type IndexDeps = {
  store: IndexStore;
  sources: readonly TextSource[];
  detect: DetectLanguage;
};

export type Indexing = { signal: AbortSignal; progress: (progress: { done: number; text?: string }) => void };
export type IndexCounts = { read: number; written: number; removed: number };

/** One transaction. Words that many of its passages share are counted once. */
const AT_ONCE = 200;
const REFS_AT_ONCE = 1000;
/** Finding what changed looks at everything there is, which for 18 000 items takes 80 ms each time. */
const CHANGES_AT_ONCE = 2000;
/** A transaction that took longer than this to commit is found by the sweep of the night. */
const OVERLAP_MS = 600_000;

type Work = Pick<IndexDeps, 'store' | 'detect'> & { recentOf: Readonly<Record<DocumentKind, Recent>> };

export type IndexService = ReturnType<typeof createIndexService>;

/** Keeps the index as what it is made from. It may be stopped anywhere and run twice: what is the same is not written. */
export function createIndexService({ store, sources, detect }: IndexDeps) {
  const work: Work = { store, detect, recentOf: { post: createRecent(), item: createRecent() } };

  async function run(
    kinds: readonly DocumentKind[],
    isWhole: boolean,
    indexing: Indexing,
  ): Promise<IndexCounts> {
    const sum: IndexCounts = { read: 0, written: 0, removed: 0 };
    for (const source of sources.filter(({ kind }) => kinds.includes(kind))) {
      const upTo = isWhole ? null : await store.upTo(source.kind);
      const counts = await indexSince(work, source, upTo && new Date(upTo.getTime() - OVERLAP_MS), indexing);
      sum.read += counts.read;
      sum.written += counts.written;
      // Titles leave the library every night; posts stay for good, and are looked through by the sweep.
      if (isWhole || source.kind === 'item') sum.removed += await forgetGone(work, source, indexing.signal);
    }
    await store.count({ all: true });
    return sum;
  }

  const all = sources.map(({ kind }) => kind);
  return {
    /** What changed since the last time. */
    catchUp: (kind: DocumentKind, indexing: Indexing) => run([kind], false, indexing),
    /** Everything is looked at, and what is as it was is not written. */
    sweep: (indexing: Indexing) => run(all, true, indexing),
    /** Everything is thrown away first. Until it is done, less is found. */
    async rebuild(indexing: Indexing): Promise<IndexCounts> {
      await store.clear();
      return run(all, true, indexing);
    },
    counts: () => store.counts(),
  };
}

/** Those that are not in the index as they are. */
async function read(
  { store, detect }: Work,
  source: TextSource,
  refs: readonly string[],
): Promise<IndexedDocument[]> {
  if (refs.length === 0) return [];
  const [documents, known] = await Promise.all([source.documents(refs), store.digests(source.kind, refs)]);
  const read: IndexedDocument[] = [];
  for (const one of documents.map(prepared)) {
    if (known.get(one.document.ref) === one.digest) continue;
    read.push(cut(one, detect));
    // What writes the page before has a dozen statements, and each waits for its turn here.
    await setImmediate();
  }
  return read;
}

/** What changed since then is written page by page; it goes on from the last page that was. */
async function indexSince(
  work: Work,
  source: TextSource,
  since: Date | null,
  { signal, progress }: Indexing,
) {
  const { store } = work;
  const counts: IndexCounts = { read: 0, written: 0, removed: 0 };
  const recent = since === null ? createRecent() : work.recentOf[source.kind];
  const writing = createLane();
  const counting = createLane();
  const write = async (fresh: readonly Change[], last: Change, documents: readonly IndexedDocument[]) => {
    if (documents.length > 0) await store.replace(documents);
    recent.add(fresh, new Date(last.changedAt.getTime() - OVERLAP_MS));
    counts.written += documents.length;
    counts.read += fresh.length;
    await store.saveUpTo(source.kind, last.changedAt);
    progress({ done: counts.read, text: source.kind });
    // Beside the next pages.
    counting.begin(() => store.count({ all: false }));
  };
  // While the database writes one page, the next is cut.
  try {
    for await (const page of changesOf(source, since)) {
      signal.throwIfAborted();
      const fresh = page.filter((change) => !recent.has(change));
      const documents = await read(
        work,
        source,
        fresh.map(({ ref }) => ref),
      );
      await writing.done();
      const last = page.at(-1);
      if (last) writing.begin(() => write(fresh, last, documents));
    }
    await writing.done();
    await counting.done();
    return counts;
  } finally {
    await Promise.allSettled([writing.done(), counting.done()]);
  }
}

async function* changesOf(source: TextSource, since: Date | null): AsyncGenerator<readonly Change[]> {
  for (let after: Change | null = null; ;) {
    const changes: readonly Change[] = await source.changed(since, after, CHANGES_AT_ONCE);
    for (let from = 0; from < changes.length; from += AT_ONCE) yield changes.slice(from, from + AT_ONCE);
    after = changes.at(-1) ?? null;
    if (after === null) return;
  }
}

async function forgetGone({ store }: Work, source: TextSource, signal: AbortSignal): Promise<number> {
  let removed = 0;
  for (let after: string | null = null; ;) {
    signal.throwIfAborted();
    const refs: readonly string[] = await store.refsAfter(source.kind, after, REFS_AT_ONCE);
    const last = refs.at(-1);
    if (last === undefined) return removed;
    const existing = await source.existing(refs);
    const gone = refs.filter((ref) => !existing.has(ref));
    if (gone.length > 0) await store.remove(source.kind, gone);
    removed += gone.length;
    after = last;
  }
}

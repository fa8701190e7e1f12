import type { SyncRunId } from '#core/ids.ts';
import {
  beginListing,
  compareListed,
  goOn,
  isCaughtUp,
  listedAs,
  mayTellMissing,
  readsFrom,
  type Listing,
} from '../../core/listing.ts';
import type { SourceProblem } from '../../core/source-problem.ts';
import type { RawPost } from '../ports.ts';
import type { OpenedSource } from '../sources/opener.ts';
import type { ListingStore } from './listing.store.ts';
import { readCopy } from './read-copy.ts';
import type { Clock, KnownRow, ListedEntry, SyncCreator } from './sync.ports.ts';

export type ListingDeps = { store: ListingStore; clock: Clock };

export type ListingContext = {
  runId: SyncRunId;
  signal: AbortSignal;
  listed: (more: number, total: number | null) => void;
};

/** Reads the list of one creator, newest first, and writes down page by page what it shows. */
export function createListing({ store, clock }: ListingDeps) {
  async function compared(
    plugin: OpenedSource['plugin'],
    creator: SyncCreator,
    told: readonly RawPost[],
  ): Promise<ListedEntry[]> {
    const raws = [...new Map(told.map((raw) => [raw.externalId, raw])).values()];
    const known = await store.known(
      creator.id,
      raws.map(({ externalId }) => externalId),
    );
    return raws.map((raw) => entryOf(plugin, raw, known.get(raw.externalId) ?? null));
  }

  async function savePage(
    { plugin }: OpenedSource,
    creator: SyncCreator,
    told: readonly RawPost[],
    runId: SyncRunId,
  ): Promise<ListedEntry[]> {
    const entries = await compared(plugin, creator, told);
    await store.savePage({ creatorId: creator.id, entries, runId, at: clock.now() });
    return entries;
  }

  return {
    /** Null when the list was read to the end, or to where everything is known. */
    async posts(
      opened: OpenedSource,
      creator: SyncCreator,
      { runId, signal, listed }: ListingContext,
    ): Promise<SourceProblem | null> {
      const startedAt = clock.now();
      let listing: Listing = beginListing(creator, startedAt, opened.plugin.listsWhole);
      let count = 0;
      for await (const page of opened.source.posts(creator.externalId, signal)) {
        signal.throwIfAborted();
        if (!page.ok) return page.error;
        const entries = await savePage(opened, creator, page.value.posts, runId);
        for (const { change, known } of entries) listing = goOn(listing, change, known);
        count += entries.length;
        listed(entries.length, page.value.total);
        if (isCaughtUp(listing)) break;
      }
      signal.throwIfAborted();
      const toTheEnd = !isCaughtUp(listing);
      const tellsMissing = mayTellMissing(listing, { listed: count, toTheEnd });
      await store.endListing(creator.id, { startedAt, whole: toTheEnd, tellsMissing, at: clock.now() });
      return null;
    },

    /** What was bought, told all at once. */
    async products(
      opened: OpenedSource,
      creator: SyncCreator,
      { runId, signal, listed }: ListingContext,
    ): Promise<SourceProblem | null> {
      const startedAt = clock.now();
      const answer = await opened.source.products(creator.externalId, signal);
      if (!answer.ok) return answer.error;
      await savePage(opened, creator, answer.value, runId);
      listed(answer.value.length, null);
      if (answer.value.length > 0) await store.endProducts(creator.id, { startedAt, at: clock.now() });
      return null;
    },
  };
}

function entryOf(plugin: OpenedSource['plugin'], raw: RawPost, known: KnownRow | null): ListedEntry {
  const copy = readCopy(plugin, raw);
  const { parserVersion } = plugin;
  const { digest, post } = copy;
  // What cannot be read at all is compared by its bytes alone, and its detail may say more.
  const shown = {
    listedAs: post ? listedAs(post, { parserVersion, digest }) : `unreadable\n${parserVersion}\n${digest}`,
    locked: post?.locked ?? known?.locked ?? false,
  };
  const change = compareListed(known, shown);
  return {
    externalId: raw.externalId,
    copy,
    listedAs: shown.listedAs,
    change,
    readsFrom: post ? readsFrom(change, shown) : change === 'unchanged' ? 'nowhere' : 'detail',
    known,
  };
}

import { isMediaServer, isPlaySource } from '#features/connections/core/connection.ts';
import { noStandIns, type StandIns } from '../../core/stand-ins.ts';
import type { Clock, FileSystem, SourceList, Sources } from '../ports.ts';
import type { SourceResult } from '../runs.ports.ts';
import type { SyncWriter } from '../store.ports.ts';
import { writeDisks, type StorageRead } from './disks.ts';
import type { Report } from './drain.ts';
import { linkEverything } from './linking.ts';
import { createSourceReader } from './read-source.ts';
import type { createRelink } from './relink.ts';
import { resultOf, sourceRow } from './source-row.ts';

export type ReplacingDeps = {
  sources: Sources;
  sourceList: SourceList;
  files: FileSystem;
  clock: Clock;
  /** Clean-up may keep folders of links, which media servers show as if they were more titles. */
  standIns?: () => Promise<StandIns>;
  allowedShrinkPercent?: number;
};

type Listed = Awaited<ReturnType<SourceList>>[number];

type Wish = { acceptShrink: boolean; report: Report };
/** `linked`: what the evidence was made of. */
type Replaced = { results: SourceResult[]; linked: string };

/** After this many new rows the planner of the database guesses wrong until it has looked. */
const MANY = 1_000;

/** Reads every service, and puts what it says in the place of what was known of it. */
export function createReplacing(
  {
    sources,
    sourceList,
    files,
    clock,
    standIns = () => Promise.resolve(noStandIns),
    allowedShrinkPercent = 20,
  }: ReplacingDeps,
  relink: ReturnType<typeof createRelink>,
) {
  const { readSource, readPlugIn } = createSourceReader({ sources, clock });

  /** A service whose address was changed while it was being read was read at the old one. */
  async function distrustMoved(writer: SyncWriter, asked: readonly Listed[]): Promise<void> {
    const now = new Map((await sourceList()).map(({ id, url }) => [id, url]));
    for (const { id, url } of asked) if (now.get(id) !== url) await writer.distrust(id);
  }

  return async function replace(all: SyncWriter, { acceptShrink, report }: Wish): Promise<Replaced> {
    const { writer, isNeeded, inputs } = relink.during(all);
    const list = await sourceList();
    await writer.keepOnly(list.map((source) => source.id));
    const before = new Map((await writer.sources()).map((row) => [row.connectionId, row]));
    const results: SourceResult[] = [];
    const storages: StorageRead[] = [];

    for (const source of inOrder(list)) {
      await writer.clear();
      const old = before.get(source.id);
      const startedAt = clock.now();
      const from = { connectionId: source.id, pathMappings: source.pathMappings };
      const read = await readSource(source, {
        writer,
        from,
        report,
        acceptShrink,
        allowedPercent: allowedShrinkPercent,
        lastSuccessAt: old?.lastSuccessAt ?? null,
        standIns: await standIns(),
      });
      if (read.ok && read.value.storage) storages.push({ from, storage: read.value.storage });
      await writer.saveSource(sourceRow(source, old, read, startedAt, clock.now()));
      if (read.ok && isMediaServer(source.kind)) await readPlugIn(source, { writer, report });
      results.push(resultOf(source, old, read));
    }

    await distrustMoved(writer, list);
    await report({ step: 'disks', done: 0, total: storages.length });
    const failed = new Set(results.filter((result) => result.problem).map((result) => result.connectionId));
    const disks = await writeDisks(writer, storages, failed, files, clock.now());
    const links = await standIns();
    if (await isNeeded(links)) await linkEverything(writer, { standIns: links, disks, report });
    else await writer.writeDiskOfItems(disks);
    if (results.some(({ changes }) => changes.added > MANY)) await writer.refreshStatistics();
    return { results, linked: await inputs(links) };
  };
}

/** Play sources come last: they are asked about what the media servers have. */
const inOrder = (list: readonly Listed[]): Listed[] => [
  ...list.filter(({ kind }) => !isPlaySource(kind)),
  ...list.filter(({ kind }) => isPlaySource(kind)),
];

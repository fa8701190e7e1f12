import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Command } from '../../../../../tests/kill/execution.child.ts';
import {
  castHousehold,
  requestIds,
  sceneOf,
  startScene,
  torrentHashes,
  withEpisode,
  type RunningScene,
} from '../../../../../tests/kill/household.ts';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import type { RunningHousehold } from '../../../../../tools/simulators/start.ts';
import { createRemovalStore } from './removals.store.ts';
import { createRunStore } from './runs.store.ts';

const ENTRY = new URL('../../../../../tests/kill/execution.child.ts', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'keepercheky-kill-'));
const { household, cast } = castHousehold();

let database: TestDatabase;
/** Whoever went on after the last death; a new one is started ahead, because starting takes longer than dying. */
let alive: Child;
let spare: Child;

beforeAll(async () => {
  database = await openTestDatabase();
  // As one file it starts ten times as fast, and it is started once for every call.
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: { ssr: ENTRY, outDir: folder, minify: false },
  });
  alive = startChild();
  spare = startChild();
}, 60_000);

afterAll(async () => {
  alive.process.kill('SIGKILL');
  spare.process.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
  await database.close();
});

type Child = {
  process: ChildProcessByStdio<Writable, Readable, null>;
  answers: AsyncIterator<string, undefined>;
};

function startChild(): Child {
  const child = spawn(process.execPath, [join(folder, 'execution.child.js')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.on('error', () => undefined); // it may die with a command in its hand
  return { process: child, answers: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
}

async function bury(child: Child): Promise<void> {
  if (child.process.signalCode === null) await once(child.process, 'exit');
  expect(child.process.signalCode).toBe('SIGKILL');
  alive = spare;
  spare = startChild();
}

/** The calls it made, or null when it died. */
async function tell(child: Child, command: Command): Promise<readonly string[] | null> {
  child.process.stdin.write(`${JSON.stringify(command)}\n`);
  const answer: IteratorResult<string, undefined> = await child.answers.next();
  return answer.done === true ? null : (JSON.parse(answer.value) as string[]);
}

/** One life that ends before its nth call, and a second one that starts where the first one died. */
async function dieAndRestart(dieAt: number): Promise<{ died: boolean; calls: readonly string[] }> {
  await database.pool.query('truncate cleanup_runs, cleanup_removals');
  const running = await startScene(household, cast);
  try {
    const before = running.world.storage.list('/');
    const command = {
      databaseUrl: database.url,
      scene: withEpisode(sceneOf(household, cast, running), cast),
    };
    const calls = await tell(alive, { ...command, is: 'run', dieAt });
    if (calls === null) {
      await bury(alive);
      await tell(alive, { ...command, is: 'resume' });
    }
    await running.settle();
    await expectOneConsistentEnd(running, before);
    return { died: calls === null, calls: calls ?? [] };
  } finally {
    await running.close();
  }
}

/** Either nothing was ever begun, or everything planned is done, and nothing else. */
async function expectOneConsistentEnd(running: RunningScene, before: readonly string[]): Promise<void> {
  const runs = await createRunStore(database.db).list({ limit: 10, before: null });
  const gone = before.filter((path) => !running.world.storage.has(path));
  if (runs.length === 0) {
    expect(gone).toEqual([]);
    expect([...changesTo(running.radarr), ...changesTo(running.sonarr), ...changesTo(running.seerr)]).toEqual(
      [],
    );
    return;
  }
  expect(runs.map((run) => run.outcome)).toMatchObject([{ is: 'done', items: 3, failed: 0, leftAlone: 0 }]);

  const season = cast.show.files.filter((file) => file.season === cast.season).map((file) => file.path);
  const filmFiles = before.filter((path) => path.startsWith(`${cast.film.path}/`));
  const fromLibrary = gone.filter((path) => !path.includes('/downloads/'));
  expect(fromLibrary.filter((path) => !isSidecar(path)).toSorted()).toEqual(
    [...filmFiles, ...season, cast.file.path].filter((path) => !isSidecar(path)).toSorted(),
  );
  expect(running.seerr.state.requests.map((request) => request.id)).toEqual([requestIds.bothSeasons]);

  // Every torrent that held only what went is gone with its files, once, and the pack with a kept episode is whole.
  const { torrents, requests } = running.qbittorrent;
  expect(torrents.all().map((row) => row.hash)).toEqual([torrentHashes.both]);
  const downloads = before.filter((path) => path.includes('/downloads/'));
  const packs = downloads.filter((path) => path.includes(`/downloads/${torrentHashes.both.slice(0, 4)}/`));
  expect(gone.filter((path) => path.includes('/downloads/')).toSorted()).toEqual(
    downloads
      .filter((path) => !packs.includes(path))
      .filter(isOfOurTorrents)
      .toSorted(),
  );
  const removals = requests.filter(({ path, status }) => path.endsWith('/delete') && status === 200);
  expect(removals.map(({ body }) => new URLSearchParams(body).get('hashes')).toSorted()).toEqual(
    [torrentHashes.film, torrentHashes.season, torrentHashes.episode].toSorted(),
  );

  expect(deletionsThatWorked(running.radarr)).toHaveLength(1);
  const ids = deletionsThatWorked(running.sonarr).flatMap(
    ({ body }) => (JSON.parse(body) as { episodeFileIds: number[] }).episodeFileIds,
  );
  expect(ids.toSorted()).toEqual([...new Set(ids)].toSorted());
  expect(changesTo(running.radarr).map((change) => change.method)).toEqual(
    expect.arrayContaining(['PUT', 'DELETE']),
  );
  expect(changesTo(running.radarr)[0]?.method).toBe('PUT');
  expect(changesTo(running.sonarr)[0]?.method).toBe('PUT');

  const history = await createRemovalStore(database.db).history({ limit: 10, after: null });
  expect(history.map(({ removal }) => removal.title).toSorted()).toEqual(
    [cast.film.title, cast.show.title, cast.show.title].toSorted(),
  );
  expectOneEpisodeFileLess(running);
  for (const { removal, trail } of history) {
    // The pack is looked at again after the episode, because the files of a whole run count.
    const notes = removal.kind !== 'film' ? [expect.stringMatching(/^torrents: holds-other-files/)] : [];
    expect(removal.state).toMatchObject({ is: 'removed', freedBytes: removal.plannedBytes, notes });
    expect(removal.keepsake.qualityProfile).toBe('HD-1080p');
    expect(trail.map((mark) => mark.step ?? mark.is)).toEqual(
      expect.arrayContaining(['unmonitor', 'delete', 'removed']),
    );
  }
}

/** T-05: both episodes of the file are wanted no more, and its season and everything else in it are as they were. */
function expectOneEpisodeFileLess({ sonarr }: RunningScene): void {
  const now = sonarr.state.shows.find(({ id }) => id === cast.show.id);
  const isOther = ({ season }: { season: number }) => season === cast.other;
  const inFile = new Set(
    cast.show.episodes.filter(({ fileId }) => fileId === cast.file.id).map(({ id }) => id),
  );
  expect(inFile.size).toBe(2);
  expect(now?.episodes.filter(isOther)).toEqual(
    cast.show.episodes
      .filter(isOther)
      .map((episode) => (inFile.has(episode.id) ? { ...episode, fileId: 0, monitored: false } : episode)),
  );
  expect(now?.seasons.find(({ number }) => number === cast.other)?.monitored).toBe(true);
}

const changesTo = ({ requests }: RunningHousehold['radarr' | 'sonarr' | 'seerr']) =>
  requests.filter((request) => request.method !== 'GET');

const deletionsThatWorked = (service: RunningHousehold['radarr' | 'sonarr']) =>
  changesTo(service).filter((request) => request.method === 'DELETE' && request.status === 200);

const isOfOurTorrents = (path: string): boolean =>
  Object.values(torrentHashes).some((hash) => path.includes(`/downloads/${hash.slice(0, 4)}/`));

/** Sonarr takes subtitles beside its files with them. */
const isSidecar = (path: string): boolean => /[.](srt|nfo|jpg|sub|idx|ass)$/.test(path);

test('killed before any of its calls and started again, a run ends as if nothing had happened', async () => {
  let dieAt = 1;
  for (;;) {
    const { died, calls } = await dieAndRestart(dieAt);
    if (!died) {
      expect(calls).toEqual(
        expect.arrayContaining(['begin', 'unmonitor', 'remove', 'write', 'tellRemoved', 'end']),
      );
      break;
    }
    dieAt += 1;
  }
  expect(dieAt).toBeGreaterThan(50);
}, 600_000);

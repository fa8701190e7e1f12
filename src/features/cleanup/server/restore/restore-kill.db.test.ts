import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { UserId } from '#core/ids.ts';
import { castHousehold, sceneOf, startScene } from '../../../../../tests/kill/household.ts';
import type { RestoreCommand } from '../../../../../tests/kill/restore.child.ts';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import type { Household } from '../../../../../tools/seed/household.ts';
import { startHousehold, type RunningHousehold } from '../../../../../tools/simulators/start.ts';
import { createRadarrManager } from '../../../../server/adapters/radarr/media-manager.ts';
import { createSonarrManager } from '../../../../server/adapters/sonarr/media-manager.ts';
import { createHttp } from '../../../../server/platform/http.ts';
import { aRun } from '../../core/removal/removal.fake.ts';
import { aChoice } from '../../core/restore/restore.fake.ts';
import { draftRestore, type Restore } from '../../core/restore/restore.ts';
import type { Removal } from '../../core/removal/removal.ts';
import { draftRemoval } from '../../core/removal/saga-draft.ts';
import { whatToRemember } from '../../core/removal/title-settings.ts';
import { createExclusionStore } from '../keeping/exclusions.store.ts';
import { createRestoreStore } from './restore.store.ts';

const ENTRY = new URL('../../../../../tests/kill/restore.child.ts', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'keepercheky-restore-'));
const { household, cast } = castHousehold();

let database: TestDatabase;
/** The household after its film and its season were removed, and the two removals. */
let after: Household;
let removals: readonly Removal[];
let alive: Child;
let spare: Child;

beforeAll(async () => {
  database = await openTestDatabase();
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: { ssr: ENTRY, outDir: folder, minify: false },
  });
  ({ after, removals } = await removeBoth());
  alive = startChild();
  spare = startChild();
}, 60_000);

afterAll(async () => {
  alive.process.kill('SIGKILL');
  spare.process.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
  await database.close();
});

/** As the removal saga does it, with an import exclusion for the film; and one episode of the season was not wanted. */
async function removeBoth() {
  const running = await startScene(household, cast);
  const http = createHttp();
  const { services, targets } = sceneOf(household, cast, running);
  const show = running.sonarr.state.shows.find(({ id }) => id === cast.show.id);
  const wanted = show?.episodes.filter(({ season }) => season === cast.season) ?? [];
  for (const [index, episode] of wanted.entries()) episode.monitored = index > 0;
  const managers = [createRadarrManager(http, services.radarr), createSonarrManager(http, services.sonarr)];
  const removed: Removal[] = [];
  for (const [index, target] of targets.entries()) {
    const manager = managers[index];
    if (!manager) throw new Error('no manager');
    const scope =
      target.seasonNumber === null
        ? ({ type: 'title' } as const)
        : ({ type: 'season', number: target.seasonNumber } as const);
    const settings = await manager.settings(target.externalId);
    if (!settings.ok || !settings.value) throw new Error('no settings');
    await manager.unmonitor(target.externalId, scope);
    const files = target.files.map(({ externalId }) => externalId);
    await manager.remove(target.externalId, scope, { addImportExclusion: true, files });
    const policy = { addImportExclusion: true, removeRequests: true, exclusionTags: [] };
    const options = { ...policy, torrents: { remove: false, minRatio: null, minSeedDays: null } };
    const wish = { id: `removal-${String(index)}`, position: index + 1, options, verdict: null };
    const removal = draftRemoval(aRun(), target, wish);
    const before = whatToRemember(settings.value, target.files);
    const state = { is: 'removed', at: new Date(), freedBytes: 1, notes: [] } as const;
    removed.push({ ...removal, state, keepsake: { ...removal.keepsake, before } });
  }
  await running.settle();
  const left = structuredClone(running.world.household);
  await running.close();
  return { after: left, removals: removed };
}

type Child = {
  process: ChildProcessByStdio<Writable, Readable, null>;
  answers: AsyncIterator<string, undefined>;
};

function startChild(): Child {
  const child = spawn(process.execPath, [join(folder, 'restore.child.js')], {
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
async function tell(child: Child, command: RestoreCommand): Promise<readonly string[] | null> {
  child.process.stdin.write(`${JSON.stringify(command)}\n`);
  const answer: IteratorResult<string, undefined> = await child.answers.next();
  return answer.done === true ? null : (JSON.parse(answer.value) as string[]);
}

function begunRestores(): Restore[] {
  return removals.map((removal, index) => {
    const { before } = removal.keepsake;
    if (before === null) throw new Error('nothing was kept');
    return draftRestore(removal, before, {
      id: `restore-${String(index)}`,
      choice: aChoice({ search: true }),
      byUserId: 'user-1' as UserId,
      byName: 'Ana',
      startedAt: new Date(`2026-11-21T10:0${String(index)}:00.000Z`),
    });
  });
}

/** One life that ends before its nth call, and a second one that starts where the first one died. */
async function dieAndRestart(dieAt: number): Promise<{ died: boolean; calls: readonly string[] }> {
  await database.pool.query('truncate cleanup_restores, cleanup_exclusions');
  const store = createRestoreStore(database.db);
  for (const restore of begunRestores()) await store.begin(restore);
  const running = await startHousehold(after, { delayMs: 20 });
  try {
    const before = running.world.storage.list('/');
    const services = {
      radarr: { kind: 'radarr', url: running.radarr.url, key: running.radarr.apiKey },
      sonarr: { kind: 'sonarr', url: running.sonarr.url, key: running.sonarr.apiKey },
    } as const;
    const command = { databaseUrl: database.url, services };
    const calls = await tell(alive, { ...command, dieAt });
    if (calls === null) {
      await bury(alive);
      await tell(alive, { ...command, dieAt: null });
    }
    await running.settle();
    await expectBothBack(running, before);
    return { died: calls === null, calls: calls ?? [] };
  } finally {
    await running.close();
  }
}

async function expectBothBack(running: RunningHousehold, before: readonly string[]): Promise<void> {
  const store = createRestoreStore(database.db);
  const ended = await store.latest(removals.map(({ id }) => id));
  expect(ended.map(({ state }) => state.is)).toEqual(['restored', 'restored']);
  expect(ended.map(({ state }) => ('notes' in state ? state.notes : null))).toEqual([[], []]);

  // Nothing that was there went; the only thing taken away is our own exclusion.
  expect(before.filter((path) => !running.world.storage.has(path))).toEqual([]);
  const deleted = [...running.radarr.requests, ...running.sonarr.requests].filter(
    ({ method }) => method === 'DELETE',
  );
  expect(deleted.filter(({ path }) => !/\/exclusions\/\d+$/.test(path))).toEqual([]);
  expect(running.radarr.state.exclusions.map(({ externalId }) => externalId)).not.toContain(
    removals[0]?.identity.tmdb,
  );

  const films = running.radarr.state.movies.filter(({ title }) => title === cast.film.title);
  const { path, monitored, profileId, tags, minimumAvailability } = cast.film;
  expect(films).toMatchObject([{ path, monitored, profileId, tags, minimumAvailability }]);
  const show = running.sonarr.state.shows.find(({ id }) => id === cast.show.id);
  expect(show?.seasons.find(({ number }) => number === cast.season)?.monitored).toBe(true);
  const episodes = show?.episodes.filter(({ season }) => season === cast.season) ?? [];
  expect(episodes.filter((episode) => !episode.monitored)).toHaveLength(1);
  expect(running.radarr.server.commands).toContainEqual({ name: 'MoviesSearch', movieIds: [films[0]?.id] });

  const kept = await createExclusionStore(database.db).list();
  const season = `s${String(cast.season).padStart(2, '0')}`;
  expect(kept.map(({ itemId }) => itemId).toSorted()).toEqual(
    [`radarr01-${String(films[0]?.id)}`, `sonarr01-${String(cast.show.id)}-${season}`].toSorted(),
  );
}

test('C-14: killed before any of its calls and started again, undo brings both back once and deletes nothing', async () => {
  let dieAt = 1;
  for (;;) {
    const { died, calls } = await dieAndRestart(dieAt);
    if (!died) {
      expect(calls).toEqual(
        expect.arrayContaining(['unexclude', 'add', 'monitor', 'search', 'write', 'keep', 'find']),
      );
      break;
    }
    dieAt += 1;
  }
  expect(dieAt).toBeGreaterThan(30);
}, 600_000);

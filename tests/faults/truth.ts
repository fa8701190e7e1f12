import { expect } from 'vitest';
import type { Plan } from '../../src/features/cleanup/core/plan/plan.ts';
import type { Removal, Run } from '../../src/features/cleanup/core/removal/removal.ts';
import type { House } from './house.ts';

export type Picture = { files: readonly string[] };

export const picture = ({ world }: House): Picture => ({ files: world.storage.list('/') });

type Claimed = { run: Run; planned: Plan; before: Picture };

/**
 * What a person would call right: only what the plan of before the trouble had named is gone, the history says what is so,
 * and what was kept has kept its request and its torrents.
 */
export async function expectNothingWrong(house: House, { run, planned, before }: Claimed): Promise<void> {
  const { storage } = house.world;
  const allowed = planned.entries.flatMap(({ itemId, fate }) => (fate.is === 'remove' ? [itemId] : []));
  const removals = await house.removals.ofRun(run.id);
  expect(removals.map(({ itemId }) => itemId).filter((id) => !allowed.includes(id))).toEqual([]);

  const gone = before.files.filter((path) => !storage.has(path));
  expect(gone.filter((path) => !removals.some((removal) => isPartOf(path, removal)))).toEqual([]);

  expect(run.endedAt).not.toBeNull();
  for (const removal of removals) {
    // A night before may have taken them and not been able to say so.
    const there = removal.plannedFiles.map(({ path }) => path).filter((path) => before.files.includes(path));
    const left = there.filter((path) => storage.has(path));
    if (removal.state.is === 'removed') expect(left).toEqual([]);
    else if (removal.state.is === 'left-alone') expect(left).toEqual(there);
    else if (removal.state.is === 'failed' && isBeforeDelete(removal.state.step)) expect(left).toEqual(there);
    else expect(removal.state.is).toBe('failed');
  }
  expectTheKeptIsWhole(house);
}

const isBeforeDelete = (step: string): boolean => step === 'unmonitor' || step === 're-read';

/** Its own files, what lies beside them, and the same bytes under the torrent's name. */
function isPartOf(path: string, { kind, identity, plannedFiles, externalId }: Removal): boolean {
  const isOfTorrent = path.includes(`/downloads/complete/${String(externalId)}/`);
  if (kind === 'film') return path.startsWith(`${identity.path}/`) || isOfTorrent;
  return plannedFiles.some((file) => path.startsWith(file.path.replace(/\.[^.]+$/, '')));
}

function expectTheKeptIsWhole({ simulators, world }: House): void {
  const { radarr, seerr, qbittorrent } = simulators;
  const kept = radarr.state.movies.filter(({ file }) => file !== null && world.storage.has(file.path));
  const asked = new Set(
    seerr.state.media
      .filter(({ id }) => seerr.state.requests.some(({ mediaId }) => mediaId === id))
      .map(({ externalServiceId }) => externalServiceId),
  );
  const held = new Set(qbittorrent.torrents.all().map(({ savePath }) => savePath.split('/').at(-1)));
  for (const { id, title } of kept) {
    expect(asked.has(id), `${title} has lost its request`).toBe(true);
    expect(held.has(String(id)), `${title} has lost its torrent`).toBe(true);
  }
}

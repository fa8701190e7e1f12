import type { ItemId } from '#core/ids.ts';
import { err, ok, type Result } from '#core/result.ts';
import { aRestoredFilm, places } from '../../core/restore/restore.fake.ts';
import { isRestoreEnded, type Restore } from '../../core/restore/restore.ts';
import type {
  AddedTitle,
  RestorePlaces,
  RestoredTitle,
  SearchScope,
} from '../../core/restore/restore-now.ts';
import type { RecycleBin } from '../../core/removal/title-settings.ts';
import type { StepProblem, TitleRestorer } from '../ports.ts';
import type { KeepByHand, RestoreStore } from './restore.ports.ts';
import type { Fault, Weather } from '../execution/world.fake.ts';

export function fakeRestoreStore(): RestoreStore {
  const rows = new Map<string, Restore>();
  const newest = (a: Restore, b: Restore) =>
    b.startedAt.getTime() - a.startedAt.getTime() || (a.id < b.id ? 1 : -1);
  return {
    begin: async (restore) => {
      const isTaken = [...rows.values()].some(
        ({ removalId, state }) =>
          removalId === restore.removalId && (!isRestoreEnded(state) || state.is === 'restored'),
      );
      if (!isTaken) rows.set(restore.id, structuredClone(restore));
      return !isTaken;
    },
    write: async (id, state) => {
      const restore = rows.get(id);
      if (restore === undefined || isRestoreEnded(restore.state))
        throw new Error(`Restore ${id} is not there or has ended`);
      rows.set(id, { ...restore, state });
    },
    underWay: async () =>
      [...rows.values()].filter(({ state }) => !isRestoreEnded(state)).sort((a, b) => -newest(a, b)),
    latest: async (removalIds) =>
      removalIds.flatMap(
        (id) => [...rows.values()].filter(({ removalId }) => removalId === id).sort(newest)[0] ?? [],
      ),
  };
}

/** One title's service as a plain value. */
export type RestoreWorld = {
  title: RestoredTitle | null;
  isExcluded: boolean;
  places: RestorePlaces;
  recycleBin: RecycleBin | null;
  added: AddedTitle[];
  searched: SearchScope[];
  kept: { itemId: ItemId; until: Date }[];
  /** Looks before a new show has its episodes. */
  lag: number;
  /** What the service would make of an added title. */
  makes: RestoredTitle;
};

export const aRestoreWorld = (changes: Partial<RestoreWorld> = {}): RestoreWorld => ({
  title: null,
  isExcluded: false,
  places,
  recycleBin: null,
  added: [],
  searched: [],
  kept: [],
  lag: 0,
  makes: aRestoredFilm(),
  ...changes,
});

const silence: StepProblem = { code: 'step.unreachable', reason: 'timed out' };
const refusal: StepProblem = { code: 'step.refused', status: 409, reason: 'no' };

/** Radarr or Sonarr over one world. `touched` is called after each change. */
export function fakeRestorer(
  world: RestoreWorld,
  weather: Weather = () => 'none',
  touched: () => void = () => undefined,
): TitleRestorer {
  async function answer<T>(call: string, act: () => Result<T, StepProblem>): Promise<Result<T, StepProblem>> {
    const fault: Fault = weather(call);
    if (fault === 'silent-before') return err(silence);
    if (fault === 'refused') return err(refusal);
    const result = act();
    touched();
    return fault === 'silent-after' ? err(silence) : result;
  }
  const done = ok(undefined);

  return {
    find: () =>
      answer('find', () => {
        const { title, isExcluded } = world;
        const waits = title !== null && world.added.length > 0 && world.lag > 0;
        if (waits) world.lag -= 1;
        return ok(structuredClone({ title: waits ? { ...title, episodes: [] } : title, isExcluded }));
      }),
    places: () => answer('places', () => ok(structuredClone(world.places))),
    unexclude: () =>
      answer('unexclude', () => {
        world.isExcluded = false;
        return done;
      }),
    add: (title) =>
      answer('add', () => {
        if (world.title !== null) return err({ code: 'step.refused', status: 400, reason: 'already added' });
        world.added.push(title);
        world.title = madeOf(world.makes, title);
        return done;
      }),
    monitor: (_id, { monitored, seasons, episodes }) =>
      answer('monitor', () => {
        if (world.title === null) return err({ code: 'step.changed', what: 'show' });
        world.title = { ...world.title, monitored: monitored ?? world.title.monitored };
        for (const season of seasons) setSeason(world.title, season);
        const wanted = new Map(episodes.map((one) => [one.externalId, one.monitored]));
        world.title.episodes = world.title.episodes.map((one) => ({
          ...one,
          monitored: wanted.get(one.externalId) ?? one.monitored,
        }));
        return done;
      }),
    search: (_id, scope) =>
      answer('search', () => {
        world.searched.push(scope);
        return done;
      }),
    recycleBin: () => answer('recycle-bin', () => ok(world.recycleBin)),
  };
}

/** A season that changes takes its episodes along. */
function setSeason(title: RestoredTitle, season: { number: number; monitored: boolean }): void {
  title.seasons = title.seasons.map((one) => (one.number === season.number ? season : one));
  title.episodes = title.episodes.map((one) =>
    one.seasonNumber === season.number ? { ...one, monitored: season.monitored } : one,
  );
}

const madeOf = (makes: RestoredTitle, { monitored, show }: AddedTitle): RestoredTitle => ({
  ...makes,
  monitored,
  seasons: (show?.seasons ?? []).map((season) => ({ ...season })),
  episodes: makes.episodes.map((one) => ({
    ...one,
    monitored: show?.seasons.find(({ number }) => number === one.seasonNumber)?.monitored ?? false,
  })),
});

export const fakeKeep =
  (world: RestoreWorld): KeepByHand =>
  async (itemId, { until }) => {
    if (!world.kept.some((kept) => kept.itemId === itemId)) world.kept.push({ itemId, until });
  };

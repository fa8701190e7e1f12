import type { ConnectionId, ItemId } from '#core/ids.ts';
import { known } from '#core/fact.ts';
import { err, ok, type Result } from '#core/result.ts';
import { aFilmNow, aRequest, aShowNow, radarr, sonarr } from '../../core/removal/removal.fake.ts';
import { filesInScope } from '../../core/removal/saga-judge.ts';
import type {
  Managers,
  MediaManager,
  RequestManager,
  Scope,
  Shelf,
  StepProblem,
  TitleNow,
  TitleRequest,
} from '../ports.ts';
import type { TitleSettings } from '../../core/removal/title-settings.ts';
import type { Guards, RemovalLibrary } from './runs.ports.ts';

/** The services as one plain value, so that it can be put on a disk between two lives of a process. */
export type World = {
  titles: Record<ConnectionId, TitleNow[]>;
  requests: (TitleRequest & { kind: 'film' | 'show'; tmdb: number | null; tvdb: number | null })[];
  told: string[];
  forgotten: ItemId[];
  excluded: ItemId[];
  playing: ItemId[];
  /** Titles whose folder holds another one too. */
  shared: ItemId[];
  /** Everything that was asked of a service and changed something, in order. */
  deeds: Deed[];
  /** Looks that still show what was deleted: services answer before their disks do. */
  lag: number;
  /** Deletions that were accepted and show after some looks. */
  pending: { connectionId: ConnectionId; externalId: number; scope: Scope; files: number[]; looks: number }[];
};

export type Deed =
  | { did: 'unmonitor'; connectionId: ConnectionId; externalId: number; scope: Scope }
  | {
      did: 'remove';
      connectionId: ConnectionId;
      externalId: number;
      scope: Scope;
      effective: number[];
      wasMonitored: boolean;
    }
  | { did: 'remove-request'; externalId: number; filesLeft: number };

/** A film with a request, and a show with one request for season 1 and one for both seasons. */
export const aWorld = (changes: Partial<World> = {}): World => ({
  titles: { [radarr]: [aFilmNow()], [sonarr]: [aShowNow()] },
  requests: [
    { ...aRequest({ externalId: 901, serverExternalId: 7 }), kind: 'film', tmdb: 700, tvdb: null },
    {
      ...aRequest({ externalId: 902, serverExternalId: 3, seasons: [1] }),
      kind: 'show',
      tmdb: null,
      tvdb: 300,
    },
    {
      ...aRequest({ externalId: 903, serverExternalId: 3, seasons: [1, 2] }),
      kind: 'show',
      tmdb: null,
      tvdb: 300,
    },
  ],
  told: [],
  forgotten: [],
  excluded: [],
  playing: [],
  shared: [],
  deeds: [],
  lag: 0,
  pending: [],
  ...changes,
});

/** `before`: nothing happened. `after`: it happened and nobody heard of it. */
export type Fault = 'none' | 'silent-before' | 'silent-after' | 'refused';

/** Called for every request to a service, with its name. */
export type Weather = (call: string) => Fault;

const silence: StepProblem = { code: 'step.unreachable', reason: 'timed out' };
const refusal: StepProblem = { code: 'step.refused', status: 409, reason: 'no' };

/** Radarr, Sonarr, Seerr and Jellyfin over one world. `touched` is called after each change. */
export function fakeServices(
  world: World,
  weather: Weather = () => 'none',
  touched: () => void = () => undefined,
) {
  async function answer<T>(call: string, act: () => Result<T, StepProblem>): Promise<Result<T, StepProblem>> {
    const fault = weather(call);
    if (fault === 'silent-before') return err(silence);
    if (fault === 'refused') return err(refusal);
    const result = act();
    touched();
    return fault === 'silent-after' ? err(silence) : result;
  }

  const titleOf = (connectionId: ConnectionId, externalId: number) =>
    world.titles[connectionId]?.find((title) => title.externalId === externalId);

  function change(
    connectionId: ConnectionId,
    externalId: number,
    to: (title: TitleNow) => TitleNow | null,
  ): void {
    world.titles[connectionId] = (world.titles[connectionId] ?? []).flatMap((title) =>
      title.externalId === externalId ? (to(title) ?? []) : title,
    );
  }

  function settlePending(connectionId: ConnectionId, externalId: number): void {
    const isOurs = (one: World['pending'][number]) =>
      one.connectionId === connectionId && one.externalId === externalId;
    const due = world.pending.filter((one) => isOurs(one) && one.looks <= 0);
    for (const { scope, files } of due) {
      change(connectionId, externalId, (title) => (scope.type === 'title' ? null : without(title, files)));
    }
    world.pending = world.pending
      .filter((one) => !due.includes(one))
      .map((one) => (isOurs(one) ? { ...one, looks: one.looks - 1 } : one));
  }

  const mediaManager = (connectionId: ConnectionId): MediaManager => ({
    read: (externalId) =>
      answer('read', () => {
        settlePending(connectionId, externalId);
        return ok(structuredClone(titleOf(connectionId, externalId) ?? null));
      }),
    settings: (externalId) =>
      answer('settings', () => {
        const title = titleOf(connectionId, externalId);
        return ok(title === undefined ? null : settingsOf(title));
      }),
    unmonitor: (externalId, scope) =>
      answer('unmonitor', () => {
        world.deeds.push({ did: 'unmonitor', connectionId, externalId, scope });
        change(connectionId, externalId, (title) => unmonitored(title, scope));
        return ok(undefined);
      }),
    remove: (externalId, scope, { files }) =>
      answer('remove', () => {
        const title = titleOf(connectionId, externalId);
        if (title === undefined) return err({ code: 'step.refused', status: 404, reason: 'not found' });
        const accepted = world.pending
          .filter((one) => one.connectionId === connectionId && one.externalId === externalId)
          .flatMap((one) => one.files);
        const named = filesInScope(scope, title)
          .map((file) => file.externalId)
          .filter((id) => scope.type === 'title' || files.includes(id));
        const effective = named.filter((id) => !accepted.includes(id));
        const wasMonitored = isWanted(title, scope);
        world.deeds.push({ did: 'remove', connectionId, externalId, scope, effective, wasMonitored });
        world.pending.push({ connectionId, externalId, scope, files: [...files], looks: world.lag });
        settlePending(connectionId, externalId);
        return ok(undefined);
      }),
  });

  const requestManager: RequestManager = {
    find: ({ kind, tmdb, tvdb }) =>
      answer('find-requests', () =>
        ok(
          world.requests.filter(
            (one) =>
              one.kind === kind &&
              ((tmdb !== null && one.tmdb === tmdb) || (tvdb !== null && one.tvdb === tvdb)),
          ),
        ),
      ),
    remove: (externalId) =>
      answer('remove-request', () => {
        const request = world.requests.find((one) => one.externalId === externalId);
        if (request === undefined) return err({ code: 'step.refused', status: 404, reason: 'not found' });
        world.deeds.push({ did: 'remove-request', externalId, filesLeft: filesLeftFor(world, request) });
        world.requests = world.requests.filter((one) => one !== request);
        return ok(undefined);
      }),
  };

  const shelf: Pick<Shelf, 'tellRemoved'> = {
    tellRemoved: (paths) =>
      answer('tell-removed', () => {
        world.told.push(...paths);
        return ok(undefined);
      }),
  };

  const managers: Managers = {
    mediaManager: async (id) =>
      id in world.titles ? { manager: mediaManager(id), url: `http://${id}`, ofThisKind: 1 } : null,
    requestManagers: async () => [{ connectionId: 'seerr001' as ConnectionId, manager: requestManager }],
    shelves: async () => [{ connectionId: 'jellyfin' as ConnectionId, shelf: shelf as Shelf }],
    linkLibraries: async () => [],
  };

  const guards: Guards = {
    folderIsShared: async (id) => world.shared.includes(id),
    excludedByHand: async (ids) => ids.some((id) => world.excluded.includes(id)),
    playingNow: (ids) => answer('playing', () => ok(known(ids.some((id) => world.playing.includes(id))))),
  };

  const library: Pick<RemovalLibrary, 'forget' | 'translatePaths' | 'anyOnDisk'> = {
    forget: async (itemId) => {
      world.forgotten.push(itemId);
      touched();
    },
    translatePaths: async (_from, _to, paths) => paths,
    anyOnDisk: async (_from, paths) =>
      known(
        Object.values(world.titles).some((titles) =>
          titles.some((t) => t.files.some((f) => paths.includes(f.path))),
        ),
      ),
  };

  return { managers, guards, library };
}

const settingsOf = (title: TitleNow): TitleSettings => ({
  rootFolder: title.path.slice(0, title.path.lastIndexOf('/')),
  qualityProfile: { id: 4, name: 'HD-1080p' },
  tags: title.tags,
  monitored: title.monitored,
  minimumAvailability: title.seasons.length === 0 ? 'released' : null,
  show:
    title.seasons.length === 0
      ? null
      : { seriesType: 'standard', monitorNewItems: 'all', seasonFolder: true, seasons: title.seasons },
  episodes: title.episodes,
  isExcluded: false,
  recycleBin: known(null),
});

/** Whether the service would fetch again what is deleted now. */
const isWanted = (title: TitleNow, scope: Scope): boolean =>
  scope.type === 'title' ? title.monitored : episodesIn(title, scope).some((one) => one.monitored);

const episodesIn = ({ episodes }: TitleNow, scope: Exclude<Scope, { type: 'title' }>) =>
  episodes.filter((one) =>
    scope.type === 'season' ? one.seasonNumber === scope.number : one.fileId === scope.file,
  );

/** A season that changes takes its episodes along. */
function unmonitored(title: TitleNow, scope: Scope): TitleNow {
  if (scope.type === 'title') return { ...title, monitored: false };
  const ours = new Set(episodesIn(title, scope));
  const isOurs = (number: number) => scope.type === 'season' && scope.number === number;
  return {
    ...title,
    seasons: title.seasons.map((one) => (isOurs(one.number) ? { ...one, monitored: false } : one)),
    episodes: title.episodes.map((one) => (ours.has(one) ? { ...one, monitored: false } : one)),
  };
}

const without = (title: TitleNow, files: readonly number[]): TitleNow => ({
  ...title,
  files: title.files.filter((file) => !files.includes(file.externalId)),
  episodes: title.episodes.map((one) => (files.includes(one.fileId ?? 0) ? { ...one, fileId: null } : one)),
});

function filesLeftFor(world: World, request: World['requests'][number]): number {
  return Object.values(world.titles)
    .flat()
    .filter((title) => (request.kind === 'film' ? title.tmdb === request.tmdb : title.tvdb === request.tvdb))
    .flatMap((title) => title.files)
    .filter((file) => request.seasons.length === 0 || request.seasons.includes(file.seasonNumber ?? -1))
    .length;
}

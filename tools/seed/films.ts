import { createHistory, type History } from './history.ts';
import type { MovieRow, Profile, RadarrHouse, Title } from './household.ts';
import { daysBefore, later } from './moments.ts';
import { safeName } from './paths.ts';
import type { Random } from './random.ts';

type RadarrPlan = {
  name: string;
  profiles: Profile[];
  rootFolders: string[];
  tags: string[];
  sizeGb: readonly [from: number, to: number];
  qualities: readonly string[];
};

export const radarrPlans: Record<'hd' | 'uhd', RadarrPlan> = {
  hd: {
    name: 'Radarr',
    profiles: [
      { id: 4, name: 'HD-1080p', upgradeAllowed: true },
      { id: 6, name: 'HD - 720p/1080p', upgradeAllowed: false },
    ],
    rootFolders: ['/media/disk1/films', '/media/disk1/family'],
    tags: ['keep', 'kids', 'classics', 'requested', 'leaving-never'],
    sizeGb: [2, 16],
    qualities: ['Bluray-1080p', 'WEBDL-1080p', 'WEBRip-720p', 'Remux-1080p'],
  },
  uhd: {
    name: 'Radarr 4K',
    profiles: [{ id: 5, name: 'Ultra-HD', upgradeAllowed: true }],
    rootFolders: ['/media/disk3/films-4k'],
    tags: ['cinema-night', 'keep'],
    sizeGb: [28, 78],
    qualities: ['WEBDL-2160p', 'Remux-2160p', 'Bluray-2160p'],
  },
};

const groups = ['MAREA', 'FARO', 'CIERZO', 'LUMEN', 'ALBA'];

/** One Radarr. Its numbers start at 1, so two of them use the same numbers for different films (T-14). */
export function seedRadarr(
  random: Random,
  plan: RadarrPlan,
  titles: readonly Title[],
  now: Date,
): RadarrHouse {
  let lastId = 0;
  const history = createHistory(random.fork('history'), () => (lastId += 1));
  const movies = titles.map((title, index) =>
    seedMovie({ random, plan, title, now, id: index + 1, history }),
  );
  return {
    name: plan.name,
    rootFolders: plan.rootFolders.map((path, index) => ({ id: index + 1, path })),
    profiles: plan.profiles,
    tags: plan.tags.map((label, index) => ({ id: index + 1, label })),
    history: history.rows,
    exclusions: [{ id: 1, externalId: 2_999_993, title: 'Nobody Asked for This', year: 2021 }],
    queue: [],
    recycleBin: null,
    nextId: Math.max(lastId, movies.length) + 1_000,
    movies,
  };
}

type MovieInput = { random: Random; plan: RadarrPlan; title: Title; now: Date; id: number; history: History };

function seedMovie({ random, plan, title, now, id, history }: MovieInput): MovieRow {
  // Squared, so that most of the library is young and some of it is years old.
  const age = 2 + random.next() ** 1.6 * 2400;
  const addedAt = laterOf(daysBefore(now, age), title.releasedAt);
  const isFamily = title.genres.some((genre) => genre === 'Family' || genre === 'Animation');
  const rootFolder = isFamily
    ? (plan.rootFolders[1] ?? plan.rootFolders[0] ?? '')
    : (plan.rootFolders[0] ?? '');
  const folder = `${rootFolder}/${safeName(title.name)} (${String(title.year)})`;
  const movie: MovieRow = {
    id,
    title: title.key,
    path: folder,
    rootFolder,
    monitored: random.chance(0.86),
    profileId: random.pick(plan.profiles).id,
    tags: pickTags(random, plan, isFamily),
    addedAt,
    status: 'released',
    minimumAvailability: 'released',
    file: null,
  };
  if (random.chance(0.03))
    return { ...movie, status: random.chance(0.3) ? 'announced' : 'released', monitored: true };
  return { ...movie, file: seedFile({ random, plan, title, now, id, history }, movie) };
}

function seedFile({ random, plan, title, now, id, history }: MovieInput, movie: MovieRow) {
  const quality = random.pick(plan.qualities);
  const group = random.pick(groups);
  const file = {
    id: id + 100,
    path: `${movie.path}/${safeName(title.name)} (${String(title.year)}) ${quality}-${group}.mkv`,
    sizeBytes: Math.round((plan.sizeGb[0] + random.next() ** 2 * (plan.sizeGb[1] - plan.sizeGb[0])) * 1e9),
    addedAt: within(later(movie.addedAt, random.next() * 3), now),
    quality,
    group,
  };
  const subject = { titleId: id, episodeId: 0, season: null, name: `${title.name} ${String(title.year)}` };
  const fate = random.next();
  // Manual library imports leave no history (J-21, T-11).
  if (fate < 0.1) return file;
  history.arrive(subject, file.addedAt, file);
  const room = (now.getTime() - Date.parse(file.addedAt)) / 86_400_000;
  if (fate > 0.8 && room > 60) {
    const again = later(file.addedAt, 20 + random.next() * (room - 30));
    const isUpgrade = fate < 0.93;
    history.leave(
      subject,
      later(again, isUpgrade ? -0.001 : -15),
      quality,
      isUpgrade ? 'upgrade' : 'missingFromDisk',
    );
    history.arrive(subject, again, file);
    file.addedAt = again;
  }
  return file;
}

function pickTags(random: Random, plan: RadarrPlan, isFamily: boolean): number[] {
  const wanted = [
    isFamily && random.chance(0.7) ? 'kids' : '',
    random.chance(0.04) ? 'keep' : '',
    random.chance(0.12) ? 'requested' : '',
  ];
  if (random.chance(0.03)) wanted.push('classics');
  if (random.chance(0.1)) wanted.push('cinema-night');
  return plan.tags.flatMap((label, index) => (wanted.includes(label) ? [index + 1] : []));
}

const laterOf = (one: string, other: string): string => (one > other ? one : other);
const within = (at: string, now: Date): string =>
  Date.parse(at) > now.getTime() ? daysBefore(now, 0.5) : at;

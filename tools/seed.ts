import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { seedDisks, seedExtraFiles } from './seed/disks.ts';
import { radarrPlans, seedRadarr } from './seed/films.ts';
import type { Household, Title } from './seed/household.ts';
import { seedEmby } from './seed/emby.ts';
import { seedMarks } from './seed/marks.ts';
import { seedOddities } from './seed/oddities.ts';
import { iso } from './seed/moments.ts';
import { seedPeople } from './seed/people.ts';
import { createRandom } from './seed/random.ts';
import { seedSeerr } from './seed/requests.ts';
import { libraries, seedJellyfin } from './seed/shelves.ts';
import { seedSonarr } from './seed/shows.ts';
import { createTitles } from './seed/titles.ts';

export type { Household } from './seed/household.ts';

export type SeedOptions = { films?: number; series?: number; users?: number; seed?: number; now?: Date };

/** A family's media and years of its history, relative to `now`. The same options always give the same value. */
export function seedHousehold({
  films = 400,
  series = 60,
  users = 8,
  seed = 1,
  now = new Date(),
}: SeedOptions = {}): Household {
  const random = createRandom(seed);
  const makeTitle = createTitles(random.fork('titles'), now);
  const filmTitles = Array.from({ length: films }, () => makeTitle('film'));
  const showTitles = Array.from({ length: series }, () => makeTitle('show'));
  // Films and shows are numbered apart at TMDB, so the same number means two things (T-40).
  showTitles.forEach((title, index) => {
    if (index % 3 === 0) title.tmdbId = filmTitles[index]?.tmdbId ?? title.tmdbId;
  });
  const in4k = random.fork('4k');
  const uhdTitles = filmTitles.filter(() => in4k.chance(0.16));
  const radarrs = [
    seedRadarr(random.fork('radarr'), radarrPlans.hd, filmTitles, now),
    seedRadarr(random.fork('radarr 4k'), radarrPlans.uhd, uhdTitles, now),
  ];
  const sonarr = seedSonarr(random.fork('sonarr'), showTitles, now);
  const titles: Record<string, Title> = Object.fromEntries(
    [...filmTitles, ...showTitles].map((title) => [title.key, title]),
  );
  const people = seedPeople(random.fork('people'), users, libraries[1]?.id ?? '', now);
  const jellyfin = seedJellyfin({ random: random.fork('jellyfin'), titles, radarrs, sonarr, people });
  seedMarks({ random: random.fork('marks'), jellyfin, people, titles, now });
  const extraFiles = seedExtraFiles(random.fork('extra'), { radarrs, sonarr, titles });
  seedOddities({ jellyfin, titles, extraFiles, people, radarrs, sonarr, now });
  const seerr = seedSeerr({ random: random.fork('seerr'), titles, radarrs, sonarr, people, now });
  const disks = seedDisks(radarrs, sonarr, extraFiles);
  return {
    seed,
    now: iso(now.getTime()),
    disks,
    people,
    titles,
    radarrs,
    sonarr,
    jellyfin,
    emby: seedEmby({ jellyfin, people, now }),
    seerr,
    extraFiles,
  };
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      films: { type: 'string', default: '400' },
      series: { type: 'string', default: '60' },
      users: { type: 'string', default: '8' },
      seed: { type: 'string', default: '1' },
      out: { type: 'string', default: 'data/household' },
    },
  });
  const { films, series, users, seed } = values;
  const household = seedHousehold({
    films: Number(films),
    series: Number(series),
    users: Number(users),
    seed: Number(seed),
  });
  await mkdir(values.out, { recursive: true });
  const file = join(values.out, 'household.json');
  await writeFile(file, JSON.stringify(household));
  process.stdout.write(`${file}\n`);
}

import type { History } from './history.ts';
import type { EpisodeFileRow, EpisodeRow, ShowRow, Title } from './household.ts';
import { iso, later } from './moments.ts';
import { safeName } from './paths.ts';
import type { Random } from './random.ts';
import { places, things } from './words.ts';

export type ShowShape = {
  title: Title;
  seriesType: ShowRow['seriesType'];
  status: ShowRow['status'];
  /** How many seasons have begun, and how long each is. */
  seasons: number;
  perSeason: number;
  hasSpecials: boolean;
  /** Announced, without a single episode that has aired (J-71). */
  hasEmptyNextSeason: boolean;
  /** Two episodes in one file here and there (T-05). */
  hasDoubleEpisodes: boolean;
};

type Input = {
  random: Random;
  show: ShowRow;
  shape: ShowShape;
  now: Date;
  history: History;
  nextEpisode: () => number;
  nextFile: () => number;
};

const DAY_MS = 86_400_000;

/** Fills a show with seasons, episodes, files and what the history remembers of them. */
export function seedEpisodes(input: Input): void {
  const { show, shape, now } = input;
  if (shape.status === 'upcoming') {
    addSeason(input, 1, [null, null, null]);
    return;
  }
  if (shape.hasSpecials) addSeason(input, 0, specialDates(shape, now));
  const numbers = seasonNumbers(shape, now);
  numbers.forEach((number, index) => addSeason(input, number, airDates(input, index, numbers.length)));
  if (shape.hasEmptyNextSeason) addSeason(input, (numbers.at(-1) ?? 0) + 1, []);
  show.seasons.sort((a, b) => a.number - b.number);
  addFiles(input);
}

/** Daily shows number their seasons by the year (J-75). */
const seasonNumbers = (shape: ShowShape, now: Date): number[] =>
  Array.from({ length: shape.seasons }, (_, index) =>
    shape.seriesType === 'daily' ? now.getUTCFullYear() - shape.seasons + 1 + index : index + 1,
  );

const specialDates = (shape: ShowShape, now: Date): string[] =>
  [900, 500].map((days) => iso(now.getTime() - days * DAY_MS - shape.title.runtime * 60_000));

function airDates({ random, shape, now }: Input, index: number, count: number): (string | null)[] {
  const yearsBack = count - 1 - index + (shape.status === 'ended' ? 1.5 : 0);
  const step = shape.seriesType === 'daily' ? 4 : 7;
  // The running season of a continuing show has episodes still to come.
  const start =
    now.getTime() - yearsBack * 380 * DAY_MS - (shape.status === 'continuing' ? 45 : 200) * DAY_MS;
  const evening = 20 * 3_600_000;
  const day = Math.floor(start / DAY_MS) * DAY_MS + evening + random.int(0, 5) * DAY_MS;
  return Array.from({ length: shape.perSeason }, (_, episode) => iso(day + episode * step * DAY_MS));
}

function addSeason(
  { random, show, shape, nextEpisode }: Input,
  number: number,
  dates: readonly (string | null)[],
): void {
  const monitored = number !== 0 && show.monitored && random.chance(0.85);
  show.seasons.push({ number, monitored });
  dates.forEach((airedAt, index) => {
    const language = shape.title.language;
    const episode: EpisodeRow = {
      id: nextEpisode(),
      season: number,
      number: index + 1,
      absolute:
        shape.seriesType === 'anime' && number > 0 ? (number - 1) * shape.perSeason + index + 1 : null,
      name: airedAt === null ? 'TBA' : episodeName(random, language),
      overview: '',
      airedAt,
      monitored,
      fileId: 0,
    };
    show.episodes.push(episode);
  });
}

function episodeName(random: Random, language: 'en' | 'es'): string {
  const thing = random.pick(things[language])[0];
  const name = language === 'en' ? `The ${thing}` : thing.charAt(0).toUpperCase() + thing.slice(1);
  return random.chance(0.4)
    ? `${name} ${language === 'en' ? 'of' : 'de'} ${random.pick(places[language])}`
    : name;
}

function addFiles(input: Input): void {
  const { random, show } = input;
  const kept = new Set(show.seasons.filter(() => random.chance(0.88)).map((season) => season.number));
  kept.add(show.seasons.find((season) => season.number > 0)?.number ?? 1);
  const aired = show.episodes.filter((episode) => hasAired(input, episode) && kept.has(episode.season));
  for (let index = 0; index < aired.length; index += 1) {
    if (random.chance(0.02)) continue;
    const pair = aired.slice(index, index + 2);
    const isDouble = input.shape.hasDoubleEpisodes && pair.length === 2 && isPair(pair);
    addFile(input, isDouble ? pair : pair.slice(0, 1));
    if (isDouble) index += 1;
  }
}

const hasAired = ({ now }: Input, { airedAt }: EpisodeRow): boolean =>
  airedAt !== null && Date.parse(airedAt) <= now.getTime();

const isPair = ([one, other]: readonly EpisodeRow[]): boolean =>
  one?.season === other?.season && one !== undefined && one.number % 5 === 1;

function addFile(
  { random, show, shape, now, history, nextFile }: Input,
  episodes: readonly EpisodeRow[],
): void {
  const [first] = episodes;
  if (!first?.airedAt) return;
  const season = String(first.season).padStart(2, '0');
  const numbers = episodes.map((episode) => `E${String(episode.number).padStart(2, '0')}`).join('-');
  const quality = random.pick(['WEBDL-1080p', 'HDTV-720p', 'WEBDL-1080p', 'Bluray-1080p']);
  const folder = first.season === 0 ? 'Specials' : `Season ${season}`;
  const name = `${safeName(shape.title.name)} - S${season}${numbers} - ${safeName(first.name)} ${quality}-ALBA`;
  const arrived =
    Date.parse(first.airedAt) > Date.parse(show.addedAt)
      ? later(first.airedAt, 0.3)
      : later(show.addedAt, random.next() * 4);
  const file: EpisodeFileRow = {
    id: nextFile(),
    season: first.season,
    path: `${show.path}/${folder}/${name}.mkv`,
    sizeBytes: Math.round(shape.title.runtime * (12 + random.next() * 38) * 1e6) * episodes.length,
    addedAt: Date.parse(arrived) > now.getTime() ? iso(now.getTime() - 3_600_000) : arrived,
    quality,
    group: 'ALBA',
  };
  show.files.push(file);
  const isKnown = !random.chance(0.06);
  for (const episode of episodes) {
    episode.fileId = file.id;
    const subject = {
      titleId: show.id,
      episodeId: episode.id,
      season: episode.season,
      name: `${shape.title.name} S${season}${numbers}`,
    };
    if (isKnown) history.arrive(subject, file.addedAt, file);
  }
}

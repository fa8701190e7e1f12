import { known, unknown, type Fact } from '#core/fact.ts';
import { episodeId, type EpisodePlace, type Item, type Watcher } from './item.ts';
import { byKey } from './by-key.ts';
import { playsOf, type EpisodePlay } from './episode-plays.ts';
import { serverOf, type MediaKey } from './match.ts';
import { mergePlays } from './plays.ts';
import { isSeasonTold } from './presence.ts';
import {
  favouriteOf,
  marksOnParts,
  partAt,
  partsOf,
  watchOf,
  type Mark,
  type WatchEpisode,
} from './watch.ts';

export type EpisodeFile = {
  externalId: number;
  seasonNumber: number | null;
  path: string;
  sizeBytes: number;
  addedAt: Date;
};

/** An episode with a file. */
export type FiledEpisode = EpisodePlace & {
  fileId: number;
  monitored: boolean;
  /** The newest import of it that the history told of. */
  lastImportAt: Date | null;
};

export type ShowPart = WatchEpisode & { key: MediaKey; kind: 'season' | 'episode' };

/** What the media servers have of one show, and what people did with it there. */
export type ShowThere = {
  keys: readonly MediaKey[];
  parts: readonly ShowPart[];
  marksOn: (key: string) => readonly Omit<Mark, 'part'>[];
  playing: ReadonlySet<string>;
};

export type ShowFiles = {
  show: Item;
  files: readonly EpisodeFile[];
  episodes: readonly FiledEpisode[];
  /** Unknown when no media server has the show. */
  there: Fact<ShowThere>;
  /** What the play sources told of single episodes of the show. */
  plays?: readonly EpisodePlay[];
  /** Who watched each season, with what the play sources told of it. */
  watchersOf?: (seasonNumber: number) => readonly Watcher[];
};

export type EpisodeItem = { item: Item; fileExternalId: number; mediaIds: readonly MediaKey[] };

/**
 * One item per file, with all the episodes that share it (T-05). A file that no episode points to is nothing that
 * anybody could have watched, and is left out: Sonarr has lost what it is.
 */
export function episodeItems({ show, files, episodes, there, ...told }: ShowFiles): EpisodeItem[] {
  const { plays = [], watchersOf = () => [] } = told;
  const ofFile = new Map<number, FiledEpisode[]>();
  for (const episode of episodes)
    ofFile.set(episode.fileId, [...(ofFile.get(episode.fileId) ?? []), episode]);
  const look = there.known ? known(indexed(there.value)) : there;
  return files.flatMap((file) => {
    const own = (ofFile.get(file.externalId) ?? []).toSorted(inOrder);
    if (own.length === 0) return [];
    const made = episodeItem(show, file, own, look);
    const watch = mergePlays(made.item.watch, playsOf(own, plays, watchersOf));
    return [{ ...made, item: { ...made.item, watch } }];
  });
}

const inOrder = (a: EpisodePlace, b: EpisodePlace): number =>
  a.seasonNumber - b.seasonNumber || a.episodeNumber - b.episodeNumber;

function episodeItem(
  show: Item,
  file: EpisodeFile,
  episodes: readonly FiledEpisode[],
  there: Fact<IndexedShow>,
): EpisodeItem {
  const imported = newest(episodes.map((episode) => episode.lastImportAt));
  const evidence = there.known ? evidenceOf(there.value, episodes) : notKnown(there.why);
  const { mediaIds = [], ...facts } = evidence;
  const item: Item = {
    ...show,
    id: episodeId(show.id, file.externalId),
    kind: 'episode',
    showId: show.id,
    seasonNumber: file.seasonNumber ?? episodes[0]?.seasonNumber ?? null,
    episodes: episodes.map(({ seasonNumber, episodeNumber, airedAt }) => ({
      seasonNumber,
      episodeNumber,
      airedAt,
    })),
    path: file.path,
    monitored: episodes.some((episode) => episode.monitored),
    fileCount: 1,
    sizeBytes: known(file.sizeBytes),
    // An upgrade that was not read yet has a newer import than the file that we know.
    newestFileAt: known(newest([file.addedAt, imported])),
    // J-74 FIX: not the first that ever came, or a new download would be as old as the one that was deleted.
    oldestImportAt: known(imported),
    ...facts,
  };
  return { item, fileExternalId: file.externalId, mediaIds };
}

/** Looked through once per show: some have a thousand episodes. */
type IndexedShow = ShowThere & {
  entriesOf: (part: string) => readonly { entry: ShowPart }[];
  seasons: readonly ShowPart[];
  /** Episodes of which the media server does not know the season or the number: each may be any (T-25). */
  unnumbered: readonly ShowPart[];
};

function indexed(there: ShowThere): IndexedShow {
  const episodes = there.parts.filter((part) => part.kind === 'episode');
  return {
    ...there,
    entriesOf: byKey(episodes.flatMap((entry) => partsOf(entry).map((key) => ({ key, entry })))),
    seasons: there.parts.filter((part) => part.kind === 'season'),
    unnumbered: episodes.filter(
      ({ seasonNumber, episodeNumber }) => seasonNumber === null || episodeNumber === null,
    ),
  };
}

type Evidence = Pick<Item, 'watch' | 'favouriteOf' | 'playingNow'> & { mediaIds?: readonly MediaKey[] };

function evidenceOf(there: IndexedShow, episodes: readonly EpisodePlace[]): Evidence {
  const wanted = new Set(
    episodes.map(({ seasonNumber, episodeNumber }) => partAt(seasonNumber, episodeNumber)),
  );
  // J-38: who watched the half that the media server does not have, nobody can say.
  if (!episodes.every((episode) => isTold(there, episode))) return notKnown('not-in-media-server');

  const own = [...new Set([...wanted].flatMap((part) => there.entriesOf(part).map(({ entry }) => entry)))];
  const marks = marksOnParts(own, there.marksOn).filter((mark) => wanted.has(mark.part));
  const numbers = new Set(episodes.map((episode) => episode.seasonNumber));
  const seasons = there.seasons.filter(
    ({ seasonNumber }) => seasonNumber !== null && numbers.has(seasonNumber),
  );
  const around = [...there.keys, ...seasons.map((part) => part.key), ...own.map((part) => part.key)];
  return {
    watch: watchOf(marks, [...wanted]),
    favouriteOf: known(favouriteOf(around.flatMap((key) => there.marksOn(key)))), // T-32
    playingNow: known([...own, ...there.unnumbered].some(({ key }) => there.playing.has(key))),
    mediaIds: own.map((entry) => entry.key),
  };
}

/**
 * As for seasons: a media server that has none of it has no say (C-01), but one that has an episode without a number may
 * have this one, and what somebody did with it there.
 */
function isTold(there: IndexedShow, { seasonNumber, episodeNumber }: EpisodePlace): boolean {
  const found = there.entriesOf(partAt(seasonNumber, episodeNumber));
  const telling = new Set(found.map(({ entry }) => serverOf(entry.key)));
  const mayBeIt = there.unnumbered.filter((part) => (part.seasonNumber ?? seasonNumber) === seasonNumber);
  return (
    telling.size > 0 &&
    isSeasonTold(there.parts, seasonNumber) &&
    mayBeIt.every(({ key }) => telling.has(serverOf(key)))
  );
}

const notKnown = (why: string): Evidence => ({
  watch: unknown(why),
  favouriteOf: unknown(why),
  playingNow: unknown(why),
});

const newest = (dates: readonly (Date | null)[]): Date | null =>
  dates.reduce((last, date) => (date !== null && (last === null || date > last) ? date : last), null);

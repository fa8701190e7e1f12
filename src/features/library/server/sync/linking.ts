import type { ItemId } from '#core/ids.ts';
import { byKey } from '../../core/by-key.ts';
import { matchTitles, NOT_THERE, UNCLEAR, type Match } from '../../core/match.ts';
import { isSeasonTold, isShowTold } from '../../core/presence.ts';
import { requestIndex } from '../../core/requests.ts';
import { throughStandIns, type StandIns } from '../../core/stand-ins.ts';
import {
  episodesOfSeason,
  favouriteOf,
  marksOnParts,
  partsOf,
  partsOfShow,
  watchOf,
  type Mark,
} from '../../core/watch.ts';
import type { PlayWriter } from '../plays.ports.ts';
import type {
  DiskOfFolder,
  Evidence,
  LinkSeason,
  LinkTitle,
  LinkWriter,
  MediaMark,
  MediaPart,
} from '../store.ports.ts';
import { counter, type Report } from './drain.ts';
import { addPlays, gatherPlays } from './play-evidence.ts';

/** Few enough that the episodes and marks of a batch of shows are a few megabytes. */
const FILMS_AT_A_TIME = 1_000;
const SHOWS_AT_A_TIME = 25;

/** Brings together what the services told: files, watching, favourites, requests. Writes differences only. */
export async function linkEverything(
  writer: LinkWriter & PlayWriter,
  { standIns, disks, report }: { standIns: StandIns; disks: readonly DiskOfFolder[]; report: Report },
): Promise<void> {
  const titles = await writer.titles();
  const matches = matchTitles(titles, throughStandIns(await writer.mediaTitles(), standIns));
  const plays = await gatherPlays(writer, titles, matches);
  const done = counter(report, 'linking', titles.length);

  const films = titles.filter((title) => title.kind === 'film');
  for (const batch of inBatches(films, FILMS_AT_A_TIME)) {
    await writer.noteEvidence(addPlays(await filmEvidence(writer, batch, matches), plays));
    await done.add(batch.length);
  }
  const shows = titles.filter((title) => title.kind === 'show');
  for (const batch of inBatches(shows, SHOWS_AT_A_TIME)) {
    const seasons = await writer.seasonsOf(batch.map((show) => show.id));
    const evidence = await showEvidence(writer, batch, seasons, matches);
    await writer.noteEvidence(addPlays(evidence, plays, seasons));
    await done.add(batch.length);
  }
  await noteRequests(writer, titles);
  await writer.writeLinks(disks);
}

type Matches = ReadonlyMap<ItemId, Match>;

async function filmEvidence(
  writer: LinkWriter,
  films: readonly LinkTitle[],
  matches: Matches,
): Promise<Evidence[]> {
  const keys = films.flatMap((film) => matches.get(film.id)?.keys ?? []);
  const marksOn = byKey(await writer.marksOn(keys));
  return films.map(({ id }) => {
    const match = matches.get(id);
    if (!match) return notKnown(id);
    const marks = match.keys.flatMap((key) => marksOn(key)).map((mark) => ({ ...mark, part: 'film' }));
    return ifClear(match, evidence(id, match.by, match.keys, marks, ['film'], marks));
  });
}

async function showEvidence(
  writer: LinkWriter,
  shows: readonly LinkTitle[],
  seasons: readonly LinkSeason[],
  matches: Matches,
): Promise<Evidence[]> {
  const showKeys = shows.flatMap((show) => matches.get(show.id)?.keys ?? []);
  const parts = await writer.partsOf(showKeys);
  const marksOn = byKey(await writer.marksOn([...showKeys, ...parts.map((part) => part.key)]));
  const partsBelow = byKey(parts.map((part) => ({ ...part, own: part.key, key: part.showKey })));

  return shows.flatMap((show) => {
    const own = seasons.filter((season) => season.showId === show.id);
    const match = matches.get(show.id);
    if (!match) return [show, ...own].map(({ id }) => notKnown(id));
    const below = match.keys.flatMap((key) => partsBelow(key)).map((part) => ({ ...part, key: part.own }));
    return evidenceOfShow(show.id, match, below, own, marksOn).map((told) => ifClear(match, told));
  });
}

/** A show's and a season's own marks tell favourites only; who watched comes from the episodes (service-apis 3.3). */
function evidenceOfShow(
  id: ItemId,
  match: Match,
  below: readonly MediaPart[],
  seasons: readonly LinkSeason[],
  marksOn: (key: string) => readonly MediaMark[],
): Evidence[] {
  const episodes = below.filter((part) => part.kind === 'episode');
  const onShow = match.keys.flatMap((key) => marksOn(key));
  const onAll = [...onShow, ...below.flatMap((part) => marksOn(part.key))];
  // A whole season that nobody could have watched there makes "nobody watched the show" unknown too.
  const show = isShowTold(match.keys, below, seasons)
    ? evidence(id, match.by, match.keys, marksOnParts(episodes, marksOn), partsOfShow(episodes), onAll)
    : { ...notKnown(id), mediaIds: [...match.keys], matchedBy: match.by };

  const ofSeasons = seasons.map(({ id: season, number }) => {
    const entries = below.filter((part) => part.kind === 'season' && part.seasonNumber === number);
    const own = episodesOfSeason(episodes, number);
    const keys = entries.map((entry) => entry.key);
    // A season folder without episodes is a season the media server cannot tell anything about.
    if (!isSeasonTold(below, number))
      return { ...notKnown(season), mediaIds: keys, matchedBy: keys.length > 0 ? match.by : null };
    const around = [...onShow, ...[...entries, ...own].flatMap((part) => marksOn(part.key))];
    return evidence(
      season,
      match.by,
      keys,
      marksOnParts(own, marksOn),
      [...new Set(own.flatMap(partsOf))],
      around,
    );
  });
  return [show, ...ofSeasons];
}

function evidence(
  id: ItemId,
  by: Match['by'],
  keys: Match['keys'],
  marks: readonly Mark[],
  parts: readonly string[],
  around: readonly Pick<Mark, 'user' | 'favourite'>[],
): Evidence {
  const watch = watchOf(marks, parts);
  return {
    id,
    watchWhy: watch.known ? null : watch.why,
    lastWatchedAt: watch.known ? watch.value.lastWatchedAt : null,
    watchers: watch.known
      ? watch.value.watchers.map(({ user, lastWatchedAt, finished, halfWay }) => ({
          user,
          lastWatchedAt: lastWatchedAt?.toISOString() ?? null,
          finished,
          halfWay,
        }))
      : [],
    favouriteOf: favouriteOf(around),
    mediaIds: [...keys],
    matchedBy: by,
  };
}

/** Where one media server may have it, and nobody can say whether it has, what the others say is not enough (C-01). */
const ifClear = ({ unclear }: Match, told: Evidence): Evidence =>
  unclear ? { ...told, ...NOTHING_TOLD, watchWhy: UNCLEAR } : told;

const NOTHING_TOLD = { lastWatchedAt: null, watchers: [], favouriteOf: null };

/** The media server does not have it, so nobody could be asked: not the same as "nobody watched it" (J-38). */
const notKnown = (id: ItemId): Evidence => ({
  id,
  watchWhy: NOT_THERE,
  ...NOTHING_TOLD,
  mediaIds: [],
  matchedBy: null,
});

async function noteRequests(writer: LinkWriter, titles: readonly LinkTitle[]): Promise<void> {
  const find = requestIndex(titles);
  const requests = await writer.requests();
  await writer.noteRequested(
    requests.map((request) => ({
      connectionId: request.connectionId,
      externalId: request.externalId,
      itemIds: find({ ...request, tmdb: request.tmdbId, tvdb: request.tvdbId }),
    })),
  );
}

function* inBatches<T>(values: readonly T[], size: number): Generator<readonly T[]> {
  for (let from = 0; from < values.length; from += size) yield values.slice(from, from + size);
}

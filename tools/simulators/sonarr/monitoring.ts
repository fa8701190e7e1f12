import type { ShowRow } from '../../seed/household.ts';
import { fieldsOf, json, numbersOf, type Route } from '../http.ts';
import { wrongRows } from '../servarr/problems.ts';
import { episodeResource, type Sonarr } from './resource.ts';

/** A season that changes sets every episode in it. */
export function monitorSeason(show: ShowRow, number: number, monitored: boolean): void {
  const season = show.seasons.find((one) => one.number === number);
  if (!season || season.monitored === monitored) return;
  season.monitored = monitored;
  for (const episode of show.episodes) if (episode.season === number) episode.monitored = monitored;
}

type PassSeries = {
  id?: number;
  monitored?: boolean;
  seasons?: { seasonNumber: number; monitored: boolean }[];
};

export function monitoringRoutes(sonarr: Sonarr): Route[] {
  const { house, world } = sonarr;
  return [
    [
      'PUT',
      '/api/v3/episode/monitor',
      (call) => {
        const { episodeIds, monitored } = fieldsOf(call);
        const ids = numbersOf(episodeIds);
        const wanted = new Set(ids);
        const found = house.shows.flatMap((show) =>
          show.episodes.filter((episode) => wanted.has(episode.id)).map((episode) => ({ show, episode })),
        );
        const problem = wrongRows(ids, found.length);
        if (problem) return problem;
        for (const { show, episode } of found) {
          episode.monitored = monitored === true;
          sonarr.forget(show.id);
        }
        world.changed();
        return json(
          202,
          found.map(({ show, episode }) => episodeResource(sonarr, show, episode)),
        );
      },
    ],
    [
      'POST',
      '/api/v3/seasonpass',
      (call) => {
        const { series } = fieldsOf(call);
        for (const wish of Array.isArray(series) ? (series as PassSeries[]) : []) {
          const show = house.shows.find((one) => one.id === wish.id);
          if (!show) continue;
          if (typeof wish.monitored === 'boolean') show.monitored = wish.monitored;
          for (const season of wish.seasons ?? []) monitorSeason(show, season.seasonNumber, season.monitored);
          sonarr.forget(show.id);
        }
        world.changed();
        return json(202, {});
      },
    ],
  ];
}

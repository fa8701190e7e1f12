import type { EpisodeRow, ShowRow } from '../../seed/household.ts';
import { empty, fieldsOf, isTrue, json, numbersIn, numbersOf, type Route } from '../http.ts';
import { refuseDeletion } from '../servarr/house.ts';
import { badRequest, conflict, notFound, wrongRows } from '../servarr/problems.ts';
import { removeFiles, type ShowFile } from './removal.ts';
import { episodeResource, fileResource, type Sonarr } from './resource.ts';

export function episodeRoutes(sonarr: Sonarr): Route[] {
  const { house } = sonarr;
  const showOf = (id: number) => house.shows.find((show) => show.id === id);
  const pick = (test: (episode: EpisodeRow) => boolean) =>
    house.shows.flatMap((show) => show.episodes.filter(test).map((episode) => ({ show, episode })));
  const write = ({ show, episode }: { show: ShowRow; episode: EpisodeRow }, withFile: boolean) => {
    const file = withFile ? show.files.find((one) => one.id === episode.fileId) : undefined;
    return {
      ...episodeResource(sonarr, show, episode),
      ...(file ? { episodeFile: fileResource(show, file) } : {}),
    };
  };

  return [
    [
      'GET',
      '/api/v3/episode',
      (call) => {
        const { query } = call;
        const withFile = isTrue(query.get('includeEpisodeFile'));
        const seriesId = query.get('seriesId');
        const season = query.get('seasonNumber');
        if (seriesId !== null) {
          const show = showOf(Number(seriesId));
          const episodes =
            show?.episodes.filter((episode) => season === null || episode.season === Number(season)) ?? [];
          return json(200, show ? episodes.map((episode) => write({ show, episode }, withFile)) : []);
        }
        const ids = new Set(numbersIn(query, 'episodeIds'));
        const fileId = Number(query.get('episodeFileId') ?? 0);
        if (ids.size === 0 && fileId === 0) return badRequest('seriesId or episodeIds must be provided');
        return json(
          200,
          pick((episode) => (ids.size > 0 ? ids.has(episode.id) : episode.fileId === fileId)).map((found) =>
            write(found, withFile),
          ),
        );
      },
    ],
    [
      'GET',
      '/api/v3/episode/:id#',
      (call) => {
        const [found] = pick((episode) => episode.id === Number(call.params['id']));
        return found ? json(200, write(found, true)) : notFound();
      },
    ],
  ];
}

export function episodeFileRoutes(sonarr: Sonarr): Route[] {
  const { house } = sonarr;
  const withIds = (ids: readonly number[]): ShowFile[] => {
    const wanted = new Set(ids);
    return house.shows.flatMap((show) =>
      show.files.filter((file) => wanted.has(file.id)).map((file) => ({ show, file })),
    );
  };
  const write = ({ show, file }: ShowFile) => fileResource(show, file);

  return [
    [
      'GET',
      '/api/v3/episodefile',
      (call) => {
        const seriesId = call.query.get('seriesId');
        const ids = numbersIn(call.query, 'episodeFileIds');
        if (seriesId === null && ids.length === 0)
          return badRequest('seriesId or episodeFileIds must be provided');
        const show = house.shows.find((one) => one.id === Number(seriesId));
        return json(
          200,
          seriesId === null
            ? withIds(ids).map(write)
            : (show?.files.map((file) => write({ show, file })) ?? []),
        );
      },
    ],
    [
      'GET',
      '/api/v3/episodefile/:id#',
      (call) => {
        const [found] = withIds([Number(call.params['id'])]);
        return found ? json(200, write(found)) : notFound();
      },
    ],
    [
      'DELETE',
      '/api/v3/episodefile/bulk',
      (call) => {
        const ids = numbersOf(fieldsOf(call)['episodeFileIds']);
        const found = withIds(ids);
        const problem = wrongRows(ids, found.length);
        if (problem) return problem;
        const refusal = found[0] && refuseDeletion(sonarr, found[0].show);
        if (refusal) return conflict(refusal);
        removeFiles(
          sonarr,
          ids.flatMap((id) => found.filter(({ file }) => file.id === id)),
        );
        return json(200, {});
      },
    ],
    [
      'DELETE',
      '/api/v3/episodefile/:id#',
      (call) => {
        const id = Number(call.params['id']);
        // 0 means that there is no file; as a number to delete it is refused (T-05).
        if (id === 0) return badRequest('Invalid id: 0');
        const found = withIds([id]);
        if (!found[0]) return notFound();
        const refusal = refuseDeletion(sonarr, found[0].show);
        if (refusal) return conflict(refusal);
        removeFiles(sonarr, found);
        return empty(200);
      },
    ],
  ];
}

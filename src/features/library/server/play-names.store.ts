import { desc, eq, max, sql } from 'drizzle-orm';
import type { ConnectionId } from '#core/ids.ts';
import type { Transaction } from '#server/platform/db.ts';
import type { PlayWriter } from './plays.ports.ts';
import { libraryPlays } from './plays.tables.ts';
import { libraryEntries, librarySources } from './tables.ts';

/** What the plug-in calls itself: the plays it tells of come through the connection of its media server. */
const PLUG_IN = 'Playback Reporting';

/** What the media servers know of the plays, noted while they still know it (T-26), and the plays by title. */
export function createPlayNames(tx: Transaction): Pick<PlayWriter, 'namePlays' | 'titlePlays'> {
  return {
    async namePlays() {
      await nameByOwnId(tx);
      await nameByShow(tx);
    },

    async titlePlays() {
      const title = sql<string | null>`case ${libraryPlays.kind}
        when 'film' then ${libraryPlays.mediaExternalId} else ${libraryPlays.showExternalId} end`;
      const group = {
        connectionId: libraryPlays.connectionId,
        sourceName: librarySources.name,
        ofOwnServer: libraryPlays.ofOwnServer,
        kind: libraryPlays.kind,
        externalId: title.as('title_external_id'),
        tmdb: libraryPlays.tmdbId,
        tvdb: libraryPlays.tvdbId,
        imdb: libraryPlays.imdbId,
        title: libraryPlays.title,
        year: libraryPlays.year,
        seasonNumber: libraryPlays.seasonNumber,
        user: libraryPlays.userName,
      };
      const rows = await tx
        .select({ ...group, at: max(libraryPlays.at) })
        .from(libraryPlays)
        .innerJoin(librarySources, eq(librarySources.connectionId, libraryPlays.connectionId))
        .groupBy(...Object.values({ ...group, externalId: title }))
        .orderBy(desc(max(libraryPlays.at)));
      return rows.flatMap(({ at, kind, connectionId, ofOwnServer, sourceName, tmdb, tvdb, imdb, ...row }) =>
        at === null
          ? []
          : [
              {
                ...row,
                at,
                kind: kind === 'film' ? 'film' : 'show',
                ...sourceOfPlays({ connectionId, ofOwnServer, sourceName }),
                ids: { tmdb, tvdb, imdb },
              },
            ],
      );
    },
  };
}

type Told = { connectionId: ConnectionId; ofOwnServer: boolean; sourceName: string };

/** Who told of a play, and whose ids it has. */
export const sourceOfPlays = ({ connectionId, ofOwnServer, sourceName }: Told) => ({
  serverId: ofOwnServer ? connectionId : null,
  source: ofOwnServer ? PLUG_IN : sourceName,
});

/** A play at a media server is told through its own connection; the ids of Jellystat and the like are anybody's. */
const sameServer = sql`(not p.of_own_server or e.connection_id = p.connection_id)`;

async function nameByOwnId(tx: Transaction): Promise<void> {
  await tx.execute(sql`
    update ${libraryPlays} t set kind = n.kind, show_external_id = n.show, season_number = n.season,
      episode_number = n.episode, tmdb_id = n.tmdb, tvdb_id = n.tvdb, imdb_id = n.imdb
    from (
      select distinct on (p.connection_id, p.part, p.user_name) p.connection_id, p.part, p.user_name, e.kind,
        coalesce(e.show_external_id, p.show_external_id) as show, coalesce(e.season_number, p.season_number) as season,
        coalesce(e.episode_number, p.episode_number) as episode,
        coalesce(s.tmdb_id, case e.kind when 'film' then e.tmdb_id end, p.tmdb_id) as tmdb,
        coalesce(s.tvdb_id, case e.kind when 'film' then e.tvdb_id end, p.tvdb_id) as tvdb,
        coalesce(s.imdb_id, case e.kind when 'film' then e.imdb_id end, p.imdb_id) as imdb
      from ${libraryPlays} p
      join ${libraryEntries} e on e.external_id = p.media_external_id and e.kind in ('film', 'episode') and ${sameServer}
      left join ${libraryEntries} s on s.connection_id = e.connection_id and s.external_id = e.show_external_id
      order by p.connection_id, p.part, p.user_name, e.connection_id
    ) n
    where t.connection_id = n.connection_id and t.part = n.part and t.user_name = n.user_name
      and (t.kind, t.show_external_id, t.season_number, t.episode_number, t.tmdb_id, t.tvdb_id, t.imdb_id)
        is distinct from (n.kind, n.show, n.season, n.episode, n.tmdb, n.tvdb, n.imdb)`);
}

/** Where the episode is gone, or the source tells only the show. */
async function nameByShow(tx: Transaction): Promise<void> {
  await tx.execute(sql`
    update ${libraryPlays} t set tmdb_id = n.tmdb, tvdb_id = n.tvdb, imdb_id = n.imdb
    from (
      select distinct on (p.connection_id, p.part, p.user_name) p.connection_id, p.part, p.user_name,
        coalesce(e.tmdb_id, p.tmdb_id) as tmdb, coalesce(e.tvdb_id, p.tvdb_id) as tvdb,
        coalesce(e.imdb_id, p.imdb_id) as imdb
      from ${libraryPlays} p
      join ${libraryEntries} e on e.external_id = p.show_external_id and e.kind = 'show' and ${sameServer}
      where p.kind = 'episode'
      order by p.connection_id, p.part, p.user_name, e.connection_id
    ) n
    where t.connection_id = n.connection_id and t.part = n.part and t.user_name = n.user_name
      and (t.tmdb_id, t.tvdb_id, t.imdb_id) is distinct from (n.tmdb, n.tvdb, n.imdb)`);
}

import { join, resolve } from 'node:path';
import {
  createArchive,
  createMedia,
  createPostTexts,
  ledgerApi,
  readingApi,
  servingApi,
  sourcesApi,
  storageApi,
  type ArchiveDeps,
  type MediaDeps,
} from '#features/archive/server/index.ts';
import { titlesOfPdfs } from '#features/enrichment/server/index.ts';
import type { Config } from '../platform/config.ts';
import { freeSpace } from '../platform/files.ts';
import { createHttpStreams } from '../platform/http-stream.ts';
import { pause } from '../platform/pause.ts';
import { hideFromLogs } from '../platform/redact.ts';
import { shortId } from '../platform/short-id.ts';
import { createPlugins } from '../sources/registry.ts';
import type { Notifications } from './notifications.ts';
import type { Platform } from './platform.ts';

export type Archive = ReturnType<typeof composeArchive>;

type Above = Pick<ArchiveDeps, 'looks' | 'transcriptOf' | 'picturesIn'> &
  Pick<MediaDeps, 'onStored' | 'onRemoved'> & {
    /** Posts are other than they were. */
    postsChanged: () => void;
  };

/** What is kept of creators: their posts, and the files that belong to them. */
export function composeArchive(platform: Platform, notifications: Notifications['service'], above: Above) {
  const { db, queue, events, clock, newId } = platform;
  const folder = mediaFolderOf(platform.config);
  const shared = { db, queue, time: { ...clock, pause }, random: Math.random, newId };

  const service = createArchive({
    ...shared,
    plugins: pluginsFor(platform),
    box: platform.secretsFor('archive'),
    hide: hideFromLogs,
    changed: () => {
      events.publish('archive');
      above.postsChanged();
    },
    looks: above.looks,
    transcriptOf: above.transcriptOf,
    picturesIn: above.picturesIn,
    fetchMedia: (inTransaction, ids) => media.fetch(inTransaction, ids),
    keepPictures: ({ source, stored }, told, signal) => media.keepPictures({ source, stored, told }, signal),
    tell: newsOfSources(notifications.tell),
    shortId,
    log: platform.logOf('archive'),
  });

  const media = createMedia({
    ...shared,
    folder,
    openSource: (id) => service.openSource(id),
    onStored: above.onStored,
    onRemoved: above.onRemoved,
    freeSpace,
    changed: () => events.publish('archive'),
    log: platform.logOf('media'),
  });

  return {
    service,
    media,
    postTexts: createPostTexts(db),
    /** Beside the media: whatever is made out of them can be made again. */
    derivedFolder: join(folder, 'derived'),
    jobs: [...Object.values(service.jobs), ...Object.values(media.jobs)],
    api: [
      sourcesApi(service.sources, clock),
      ledgerApi(service.ledger, service.runs),
      servingApi(media.serving),
      storageApi(media.storage),
      readingApi(service.reading),
    ],
  };
}

const mediaFolderOf = ({ MEDIA_DIR, DATA_DIR }: Config) => resolve(MEDIA_DIR ?? join(DATA_DIR, 'media'));

function pluginsFor({ http, programs, clock, config }: Platform) {
  const [site, ...files] = config.PATREON_ADDRESSES ?? [];
  return createPlugins({
    http,
    streams: createHttpStreams(),
    programs,
    clock,
    patreon: site === undefined ? undefined : { site, files },
    titlesOf: (paths, signal) => titlesOfPdfs(programs, paths, signal),
  });
}

const newsOfSources = (tell: Notifications['service']['tell']): ArchiveDeps['tell'] => ({
  stopped: ({ id, name, problem, since, until }) =>
    tell({
      kind: 'source-stopped',
      source: {
        id,
        name,
        why: problem.code,
        since: since.toISOString(),
        until: until?.toISOString() ?? null,
      },
    }),
  expiring: ({ id, name, expiresAt }) =>
    tell({
      kind: 'source-expiring',
      source: { id, name, expiresAt: expiresAt.toISOString() },
    }),
});

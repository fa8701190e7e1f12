import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { known } from '#core/fact.ts';
import { err, ok } from '#core/result.ts';
import { createArchive, createMedia } from '#features/archive/server/index.ts';
import type { Plugin } from '#features/archive/server/ports.ts';
import { createEnrichment, enrichmentJobs } from '#features/enrichment/server/index.ts';
import type { Db } from '#server/platform/db.ts';
import type { Queue } from '#server/platform/queue.ts';
import { createPrograms } from '#server/platform/program.ts';
import { shortId } from '#server/platform/short-id.ts';

export type Parts = {
  db: Db;
  queue: Pick<Queue, 'add' | 'schedule' | 'unschedule'>;
  /** The media folder. */
  folder: string;
  plugin: Plugin;
  now: () => Date;
  /** Something that pages show is no longer so. */
  changed?: () => void;
};

/** The archive as `server/compose` puts it together, with the queue, the source and the clock of a test. */
export function composeArchive({ db, queue, folder, plugin, now, changed = () => undefined }: Parts) {
  const time = { now, pause: () => Promise.resolve() };
  const shared = {
    db,
    queue,
    changed,
    time,
    random: () => 0,
    newId: randomUUID,
    log: { info: () => undefined, warn: () => undefined },
  };
  const archive = createArchive({
    ...shared,
    plugins: { all: [plugin], find: (id) => (id === plugin.id ? plugin : null) },
    box: { seal: (text) => `sealed(${text})`, open: (sealed) => ok(sealed.slice(7, -1)) },
    hide: () => undefined,
    looks: (shas) => enrichment.looks(shas),
    transcriptOf: (sha256) => enrichment.transcriptOf(sha256),
    picturesIn: (sha256) => enrichment.documentPictures.of(sha256),
    fetchMedia: (inTransaction, ids) => media.fetch(inTransaction, ids),
    keepPictures: ({ source, stored }, told, signal) => media.keepPictures({ source, stored, told }, signal),
    tell: { stopped: () => Promise.resolve(), expiring: () => Promise.resolve() },
    shortId,
  });
  const media = createMedia({
    ...shared,
    folder,
    openSource: (id) => archive.openSource(id),
    onStored: async (inTransaction, { sha256 }) =>
      void (await queue.add(derivatives.derive, { sha256 }, { inTransaction })),
    onRemoved: (sha256) => enrichment.forget(sha256),
    freeSpace: () => Promise.resolve(known({ freeBytes: 1e15, totalBytes: 1e15 })),
  });
  const enrichment = createEnrichment({
    db,
    folder: join(folder, 'derived'),
    media: media.files,
    captioned: media.captions,
    listener: {
      hear: () => Promise.resolve(err({ code: 'model.refused', host: 'nobody' })),
      models: () => Promise.resolve(ok([])),
    },
    embedder: {
      embed: () => Promise.resolve(err({ code: 'model.refused', host: 'nobody' })),
      models: () => Promise.resolve(ok([])),
    },
    meaning: { changed: () => Promise.resolve() },
    newId: randomUUID,
    secrets: { seal: (text) => text, open: ok },
    hide: () => undefined,
    ocr: { languages: 'spa+eng', wake: () => Promise.resolve() },
    documentPictures: { wake: () => Promise.resolve(), changed },
    speech: { wake: () => Promise.resolve(), sweep: () => Promise.resolve() },
    programs: createPrograms({ ffmpeg: 'ffmpeg', ffprobe: 'ffprobe' }),
    wake: async (sha256) => void (await queue.add(derivatives.derive, { sha256 })),
    onTextMade: () => Promise.resolve(),
    clock: { now },
  });
  const derivatives = enrichmentJobs(enrichment);
  return {
    archive,
    media,
    derivatives,
    jobs: [...Object.values(archive.jobs), ...Object.values(media.jobs), ...Object.values(derivatives)],
  };
}

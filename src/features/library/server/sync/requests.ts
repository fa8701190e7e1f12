import { err, ok, type Result } from '#core/result.ts';
import { checkShrink } from '../../core/shrink.ts';
import type { SyncProblem } from '../../core/source.ts';
import type { MediaRequest, RequestServer } from '../ports.ts';
import type { ShareRows } from '../store.ports.ts';
import type { ReadContext, SourceRead } from './catalogue.ts';
import type { From } from './catalogue-rows.ts';
import { counter, drain } from './drain.ts';

export async function readRequests(
  server: RequestServer,
  { writer, from, report, acceptShrink, allowedPercent }: ReadContext,
): Promise<Result<SourceRead, SyncProblem>> {
  const requests = counter(report, 'requests');
  const read = await drain('requests', server.requests(), async (batch) => {
    await writer.stage(
      'requests',
      batch.map((request) => requestRow(from, request)),
    );
    await requests.add(batch.length);
  });
  if (!read.ok) return read;
  const had = await writer.had('requests', from.connectionId);
  const shrunk = acceptShrink ? null : checkShrink({ had, has: requests.done, allowedPercent });
  if (shrunk) return err(shrunk);
  return ok({ count: requests.done, changes: await writer.merge('requests', from.connectionId) });
}

const requestRow = ({ connectionId }: From, request: MediaRequest): ShareRows['requests'] => ({
  connectionId,
  externalId: request.externalId,
  kind: request.kind,
  requestedBy: request.requestedBy,
  mediaUser: request.mediaUser,
  requestedAt: request.requestedAt,
  tmdbId: request.tmdb,
  tvdbId: request.tvdb,
  is4k: request.is4k,
  serviceId: request.serviceId,
  serviceExternalId: request.serviceExternalId,
  seasons: [...request.seasons],
});

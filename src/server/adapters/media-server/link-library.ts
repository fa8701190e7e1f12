import { z } from 'zod';
import { err, ok, type Result } from '#core/result.ts';
import type { ShelfKind } from '#features/cleanup/core/leaving-soon/leaving-soon.ts';
import type { LinkLibrary, OpenedLibrary, StepProblem } from '#features/cleanup/server/ports.ts';
import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import { tidyPath } from '#features/library/core/paths.ts';
import type { Http, HttpCall } from '#server/platform/http.ts';
import { toStepProblem, type CallFailure } from '../failures.ts';
import type { Dialect } from './dialect.ts';
import { openMediaServer, type MediaServer } from './session.ts';

const PATHS_PER_CALL = 200;
/** Jellyfin waits a second after it made one, and looks at the folder first. */
const CREATE_TIMEOUT_MS = 60_000;

const collectionTypes = { films: 'movies', shows: 'tvshows' } as const satisfies Record<ShelfKind, string>;

export const virtualFolder = z.object({
  Name: z.string().nullish(),
  Locations: z.array(z.string()).nullish(),
});

/** How libraries are listed and made, which Jellyfin and Emby say differently. */
export type LibraryWays = {
  list: { path: string; answer: z.ZodType<z.infer<typeof virtualFolder>[]> };
  create: (library: { name: string; type: string; path: string; options: object }) => HttpCall;
};

/**
 * Nothing is written beside the links, which would be written beside the films or lie in the way; nothing is looked up
 * again that the real library knows already.
 */
const quietOptions = {
  EnableRealtimeMonitor: false,
  SaveLocalMetadata: false,
  MetadataSavers: [],
  EnableChapterImageExtraction: false,
  ExtractChapterImagesDuringLibraryScan: false,
};

export function createLinkLibrary(
  http: Http,
  target: ConnectionTarget,
  { dialect, ways }: { dialect: Dialect; ways: LibraryWays },
): LinkLibrary {
  const server = openMediaServer(http, target, dialect);
  return {
    openLibrary: (wish) => inSteps(openLibrary(server, ways, wish)),
    tellChanged: (changes) => inSteps(tellChanged(server, changes)),
    lookEverywhere: () => inSteps(server.send({ method: 'POST', path: 'Library/Refresh' })),
    sees: (path) => inSteps(sees(server, path)),
  };
}

async function inSteps<T>(call: Promise<Result<T, CallFailure>>): Promise<Result<T, StepProblem>> {
  const result = await call;
  return result.ok ? result : err(toStepProblem(result.error));
}

/** By its folder and not by its name: a library of that name which stands elsewhere is somebody's own. */
async function openLibrary(
  server: MediaServer,
  ways: LibraryWays,
  { kind, name, path }: Parameters<LinkLibrary['openLibrary']>[0],
): Promise<Result<OpenedLibrary, CallFailure>> {
  const listed = await server.json({ path: ways.list.path }, ways.list.answer);
  if (!listed.ok) return listed;
  const own = listed.value.find(({ Locations }) =>
    (Locations ?? []).some((location) => tidyPath(location) === tidyPath(path)),
  );
  if (own) return ok({ is: 'found', name: own.Name ?? name });
  const isTaken = listed.value.some(({ Name }) => Name?.toLowerCase() === name.toLowerCase());
  if (isTaken) return ok({ is: 'name-taken', name });
  const made = await server.send({
    ...ways.create({ name, type: collectionTypes[kind], path, options: quietOptions }),
    timeoutMs: CREATE_TIMEOUT_MS,
  });
  return made.ok ? ok({ is: 'made', name }) : made;
}

async function tellChanged(
  server: MediaServer,
  changes: readonly { path: string; is: 'new' | 'gone' }[],
): Promise<Result<void, CallFailure>> {
  for (let from = 0; from < changes.length; from += PATHS_PER_CALL) {
    const Updates = changes
      .slice(from, from + PATHS_PER_CALL)
      .map(({ path, is }) => ({ Path: path, UpdateType: is === 'new' ? 'Created' : 'Deleted' }));
    const told = await server.send({ method: 'POST', path: 'Library/Media/Updated', json: { Updates } });
    if (!told.ok) return told;
  }
  return ok(undefined);
}

/** The server's own look: its 404 is a plain no, and everything else is no answer. */
async function sees(server: MediaServer, path: string): Promise<Result<boolean, CallFailure>> {
  const json = { Path: path, IsFile: true };
  const seen = await server.send({ method: 'POST', path: 'Environment/ValidatePath', json });
  if (seen.ok) return ok(true);
  return seen.error.code === 'http.status' && seen.error.status === 404 ? ok(false) : seen;
}

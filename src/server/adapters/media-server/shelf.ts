import { err, ok, type Result } from '#core/result.ts';
import type { Shelf, StepProblem } from '#features/cleanup/server/ports.ts';
import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import type { Http } from '#server/platform/http.ts';
import { toStepProblem, type CallFailure } from '../failures.ts';
import { changeMembers, createCollection, findCollection, readMembers } from './collection.ts';
import type { Dialect } from './dialect.ts';
import { openMediaServer, type MediaServer } from './session.ts';

const PATHS_PER_CALL = 200;
const PNG = [0x89, 0x50, 0x4e, 0x47];

export function createShelf(http: Http, target: ConnectionTarget, dialect: Dialect): Shelf {
  const server = openMediaServer(http, target, dialect);
  return {
    tellRemoved: (paths) => inSteps(tellRemoved(server, paths)),
    openCollection: (name, lastKnownId, firstMember) =>
      inSteps(openCollection(server, name, lastKnownId, firstMember)),
    addToCollection: (id, members) => inSteps(changeMembers(server, 'add', id, members)),
    removeFromCollection: (id, members) => inSteps(changeMembers(server, 'remove', id, members)),
    setPoster: (id, image) => inSteps(setPoster(server, id, image)),
  };
}

async function inSteps<T>(call: Promise<Result<T, CallFailure>>): Promise<Result<T, StepProblem>> {
  const result = await call;
  return result.ok ? result : err(toStepProblem(result.error));
}

/** The server looks at these places itself; nothing is ever deleted through it, because it deletes files (T-20). */
async function tellRemoved(
  server: MediaServer,
  paths: readonly string[],
): Promise<Result<void, CallFailure>> {
  for (let from = 0; from < paths.length; from += PATHS_PER_CALL) {
    const Updates = paths.slice(from, from + PATHS_PER_CALL).map((Path) => ({ Path, UpdateType: 'Deleted' }));
    const told = await server.send({ method: 'POST', path: 'Library/Media/Updated', json: { Updates } });
    if (!told.ok) return told;
  }
  return ok(undefined);
}

async function openCollection(
  server: MediaServer,
  name: string,
  lastKnownId: string | null,
  firstMember: string | null,
): Promise<Result<{ id: string; members: readonly string[] } | null, CallFailure>> {
  const { isId, toId } = server.dialect;
  const found = await findCollection(server, name, lastKnownId);
  if (!found.ok) return found;
  if (found.value !== null) return withMembers(server, found.value);
  if (firstMember === null || !isId(firstMember)) return ok(null);
  const id = await createCollection(server, name, toId(firstMember));
  return id.ok ? ok({ id: id.value, members: [toId(firstMember)] }) : id;
}

async function withMembers(server: MediaServer, id: string) {
  const members = await readMembers(server, id);
  return members.ok ? ok({ id, members: members.value }) : members;
}

/** The specification says "binary", but the server wants the picture as base64 text (T-29). */
function setPoster(server: MediaServer, id: string, image: Uint8Array): Promise<Result<void, CallFailure>> {
  const contentType = PNG.every((byte, index) => image[index] === byte) ? 'image/png' : 'image/jpeg';
  const text = { contentType, body: Buffer.from(image).toString('base64') };
  return server.send({ method: 'POST', path: `Items/${encodeURIComponent(id)}/Images/Primary`, text });
}

import { err, ok, type Result } from '#core/result.ts';
import type { Shelf, StepProblem } from '#features/cleanup/server/ports.ts';
import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import type { Http } from '#server/platform/http.ts';
import { toStepProblem, type CallFailure } from '../failures.ts';
import { changeMembers, createCollection, findCollection, readMembers } from './collection.ts';
import { isId, toId } from './mapping.ts';
import { openJellyfin, type Jellyfin } from './session.ts';

const PATHS_PER_CALL = 200;
const PNG = [0x89, 0x50, 0x4e, 0x47];

export function createJellyfinShelf(http: Http, target: ConnectionTarget): Shelf {
  const jellyfin = openJellyfin(http, target);
  return {
    tellRemoved: (paths) => inSteps(tellRemoved(jellyfin, paths)),
    openCollection: (name, lastKnownId, firstMember) =>
      inSteps(openCollection(jellyfin, name, lastKnownId, firstMember)),
    addToCollection: (id, members) => inSteps(changeMembers(jellyfin, 'POST', id, members)),
    removeFromCollection: (id, members) => inSteps(changeMembers(jellyfin, 'DELETE', id, members)),
    setPoster: (id, image) => inSteps(setPoster(jellyfin, id, image)),
  };
}

async function inSteps<T>(call: Promise<Result<T, CallFailure>>): Promise<Result<T, StepProblem>> {
  const result = await call;
  return result.ok ? result : err(toStepProblem(result.error));
}

/** Jellyfin looks at these places itself; nothing is ever deleted through it, because it deletes files (T-20). */
async function tellRemoved(jellyfin: Jellyfin, paths: readonly string[]): Promise<Result<void, CallFailure>> {
  for (let from = 0; from < paths.length; from += PATHS_PER_CALL) {
    const Updates = paths.slice(from, from + PATHS_PER_CALL).map((Path) => ({ Path, UpdateType: 'Deleted' }));
    const told = await jellyfin.send({ method: 'POST', path: 'Library/Media/Updated', json: { Updates } });
    if (!told.ok) return told;
  }
  return ok(undefined);
}

async function openCollection(
  jellyfin: Jellyfin,
  name: string,
  lastKnownId: string | null,
  firstMember: string | null,
): Promise<Result<{ id: string; members: readonly string[] } | null, CallFailure>> {
  const found = await findCollection(jellyfin, name, lastKnownId);
  if (!found.ok) return found;
  if (found.value !== null) return withMembers(jellyfin, found.value);
  if (firstMember === null || !isId(firstMember)) return ok(null);
  const id = await createCollection(jellyfin, name, toId(firstMember));
  return id.ok ? ok({ id: id.value, members: [toId(firstMember)] }) : id;
}

async function withMembers(jellyfin: Jellyfin, id: string) {
  const members = await readMembers(jellyfin, id);
  return members.ok ? ok({ id, members: members.value }) : members;
}

/** The specification says "binary", but the server wants the picture as base64 text (T-29). */
function setPoster(jellyfin: Jellyfin, id: string, image: Uint8Array): Promise<Result<void, CallFailure>> {
  const contentType = PNG.every((byte, index) => image[index] === byte) ? 'image/png' : 'image/jpeg';
  const text = { contentType, body: Buffer.from(image).toString('base64') };
  return jellyfin.send({ method: 'POST', path: `Items/${encodeURIComponent(id)}/Images/Primary`, text });
}

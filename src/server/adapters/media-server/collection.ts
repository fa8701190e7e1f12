import { err, ok, type Result } from '#core/result.ts';
import type { HttpCall } from '#server/platform/http.ts';
import type { CallFailure } from '../failures.ts';
import { created, memberItem, pageOf } from './schemas.ts';
import { readUsers, type MediaServer } from './session.ts';

/** Ids travel in the address, and the server cuts that at 8 KB (T-28). */
const IDS_PER_CALL = 50;
const CREATE_TIMEOUT_MS = 60_000;
const boxSets = { recursive: true, includeItemTypes: 'BoxSet', enableImages: false, enableUserData: false };

type Found = Result<string | null, CallFailure>;

/** T-20: a filter that was not understood brings everything, so only the very id asked for counts. */
async function byId(server: MediaServer, id: string): Promise<Found> {
  const { isId, toId } = server.dialect;
  if (!isId(id)) return ok(null);
  const answer = await server.json({ path: 'Items', query: { ...boxSets, ids: id } }, pageOf(memberItem));
  if (!answer.ok) return answer;
  const found = answer.value.Items.find((item) => item.Type === 'BoxSet' && toId(item.Id) === toId(id));
  return ok(found ? toId(found.Id) : null);
}

/** Of several with the same name always the same one, whatever the order they come in. */
async function byName(server: MediaServer, name: string): Promise<Found> {
  const answer = await server.json(
    { path: 'Items', query: { ...boxSets, searchTerm: name } },
    pageOf(memberItem),
  );
  if (!answer.ok) return answer;
  const same = answer.value.Items.filter((item) => item.Type === 'BoxSet' && item.Name === name);
  return ok(same.map((item) => server.dialect.toId(item.Id)).sort()[0] ?? null);
}

export async function findCollection(
  server: MediaServer,
  name: string,
  lastKnownId: string | null,
): Promise<Found> {
  if (lastKnownId !== null) {
    const known = await byId(server, lastKnownId);
    if (!known.ok || known.value !== null) return known;
  }
  return byName(server, name);
}

/**
 * Locked, or it may be taken for a collection of TMDB and renamed; with a member, because empty ones haunt Jellyfin and
 * are an error 500 in Emby (Maintainerr#3075).
 */
export async function createCollection(
  server: MediaServer,
  name: string,
  firstMember: string,
): Promise<Result<string, CallFailure>> {
  const query = { name, ids: firstMember, isLocked: true };
  const made = await server.json(
    { method: 'POST', path: 'Collections', query, timeoutMs: CREATE_TIMEOUT_MS },
    created,
  );
  return made.ok ? ok(server.dialect.toId(made.value.Id)) : made;
}

/** Without a user a collection has no children, so its members are read as the administrator who sees the most. */
export async function readMembers(server: MediaServer, id: string): Promise<Result<string[], CallFailure>> {
  const { toId, itemsOf } = server.dialect;
  const users = await readUsers(server);
  if (!users.ok) return users;
  const admins = users.value.filter(({ Policy }) => Policy?.IsAdministrator && !Policy.IsDisabled);
  const eyes = admins.find(({ Policy }) => Policy?.EnableAllFolders) ?? admins[0];
  if (!eyes) return err({ code: 'call.wrong-identity', what: 'administrator' });
  const { path, query } = itemsOf(toId(eyes.Id));
  const list = { ...query, parentId: id, collapseBoxSetItems: false, enableImages: false };
  const answer = await server.json({ path, query: list }, pageOf(memberItem));
  return answer.ok ? ok(answer.value.Items.map((item) => toId(item.Id))) : answer;
}

export type Change = 'add' | 'remove';

function callOf(server: MediaServer, change: Change, id: string): Pick<HttpCall, 'method' | 'path'> {
  const path = `Collections/${encodeURIComponent(id)}/Items`;
  return change === 'add' ? { method: 'POST', path } : server.dialect.removal(path);
}

const isUnknownMember = (failure: CallFailure): boolean =>
  failure.code === 'http.status' && (failure.status === 400 || failure.status === 404);

/**
 * In small batches. One unknown member fails the whole batch with 400, so that batch goes one by one and leaves out
 * the unknown ones; a collection that is itself unknown is an error.
 */
export async function changeMembers(
  server: MediaServer,
  change: Change,
  id: string,
  members: readonly string[],
): Promise<Result<void, CallFailure>> {
  const { isId, toId } = server.dialect;
  const ids = [...new Set(members.filter(isId).map(toId))];
  for (let from = 0; from < ids.length; from += IDS_PER_CALL) {
    const batch = ids.slice(from, from + IDS_PER_CALL);
    const sent = await server.send({ ...callOf(server, change, id), query: { ids: batch.join(',') } });
    if (sent.ok) continue;
    if (!isUnknownMember(sent.error)) return sent;
    const rest = await oneByOne(server, change, id, batch, sent);
    if (!rest.ok) return rest;
  }
  return ok(undefined);
}

async function oneByOne(
  server: MediaServer,
  change: Change,
  id: string,
  batch: readonly string[],
  refused: Result<void, CallFailure>,
): Promise<Result<void, CallFailure>> {
  const known = await byId(server, id);
  if (!known.ok) return known;
  if (known.value === null) return refused;
  for (const member of batch) {
    const sent = await server.send({ ...callOf(server, change, id), query: { ids: member } });
    if (!sent.ok && !isUnknownMember(sent.error)) return sent;
  }
  return ok(undefined);
}

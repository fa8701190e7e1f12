import { z } from 'zod';
import { err, ok, type Result } from '#core/result.ts';
import type { CallFailure } from '../failures.ts';
import { isId, toId } from './mapping.ts';
import { created, memberItem, pageOf, user } from './schemas.ts';
import type { Jellyfin } from './session.ts';

/** Ids travel in the address, and Jellyfin's server cuts that at 8 KB (T-28). */
const IDS_PER_CALL = 50;
const CREATE_TIMEOUT_MS = 60_000;
const boxSets = { recursive: true, includeItemTypes: 'BoxSet', enableImages: false, enableUserData: false };

type Found = Result<string | null, CallFailure>;

/** T-20: a filter that was not understood brings everything, so only the very id asked for counts. */
async function byId(jellyfin: Jellyfin, id: string): Promise<Found> {
  if (!isId(id)) return ok(null);
  const answer = await jellyfin.json({ path: 'Items', query: { ...boxSets, ids: id } }, pageOf(memberItem));
  if (!answer.ok) return answer;
  const found = answer.value.Items.find((item) => item.Type === 'BoxSet' && toId(item.Id) === toId(id));
  return ok(found ? toId(found.Id) : null);
}

/** Of several with the same name always the same one, whatever the order they come in. */
async function byName(jellyfin: Jellyfin, name: string): Promise<Found> {
  const answer = await jellyfin.json(
    { path: 'Items', query: { ...boxSets, searchTerm: name } },
    pageOf(memberItem),
  );
  if (!answer.ok) return answer;
  const same = answer.value.Items.filter((item) => item.Type === 'BoxSet' && item.Name === name);
  return ok(same.map((item) => toId(item.Id)).sort()[0] ?? null);
}

export async function findCollection(
  jellyfin: Jellyfin,
  name: string,
  lastKnownId: string | null,
): Promise<Found> {
  if (lastKnownId !== null) {
    const known = await byId(jellyfin, lastKnownId);
    if (!known.ok || known.value !== null) return known;
  }
  return byName(jellyfin, name);
}

/** Locked, or Jellyfin may take it for a collection of TMDB and rename it; with a member, because empty ones haunt. */
export async function createCollection(
  jellyfin: Jellyfin,
  name: string,
  firstMember: string,
): Promise<Result<string, CallFailure>> {
  const query = { name, ids: firstMember, isLocked: true };
  const made = await jellyfin.json(
    { method: 'POST', path: 'Collections', query, timeoutMs: CREATE_TIMEOUT_MS },
    created,
  );
  return made.ok ? ok(toId(made.value.Id)) : made;
}

/** Without a user a collection has no children, so its members are read as the administrator who sees the most. */
export async function readMembers(jellyfin: Jellyfin, id: string): Promise<Result<string[], CallFailure>> {
  const users = await jellyfin.json({ path: 'Users' }, z.array(user));
  if (!users.ok) return users;
  const admins = users.value.filter(({ Policy }) => Policy?.IsAdministrator && !Policy.IsDisabled);
  const eyes = admins.find(({ Policy }) => Policy?.EnableAllFolders) ?? admins[0];
  if (!eyes) return err({ code: 'call.wrong-identity', what: 'administrator' });
  const query = { parentId: id, userId: toId(eyes.Id), collapseBoxSetItems: false, enableImages: false };
  const answer = await jellyfin.json({ path: 'Items', query }, pageOf(memberItem));
  return answer.ok ? ok(answer.value.Items.map((item) => toId(item.Id))) : answer;
}

const isUnknownMember = (failure: CallFailure): boolean =>
  failure.code === 'http.status' && (failure.status === 400 || failure.status === 404);

/**
 * In small batches. One unknown member fails the whole batch with 400, so that batch goes one by one and leaves out
 * the unknown ones; a collection that is itself unknown is an error.
 */
export async function changeMembers(
  jellyfin: Jellyfin,
  method: 'POST' | 'DELETE',
  id: string,
  members: readonly string[],
): Promise<Result<void, CallFailure>> {
  const ids = [...new Set(members.filter(isId).map(toId))];
  const path = `Collections/${encodeURIComponent(id)}/Items`;
  for (let from = 0; from < ids.length; from += IDS_PER_CALL) {
    const batch = ids.slice(from, from + IDS_PER_CALL);
    const sent = await jellyfin.send({ method, path, query: { ids: batch.join(',') } });
    if (sent.ok) continue;
    if (!isUnknownMember(sent.error)) return sent;
    const rest = await oneByOne(jellyfin, method, id, batch, sent);
    if (!rest.ok) return rest;
  }
  return ok(undefined);
}

async function oneByOne(
  jellyfin: Jellyfin,
  method: 'POST' | 'DELETE',
  id: string,
  batch: readonly string[],
  refused: Result<void, CallFailure>,
): Promise<Result<void, CallFailure>> {
  const known = await byId(jellyfin, id);
  if (!known.ok) return known;
  if (known.value === null) return refused;
  for (const member of batch) {
    const sent = await jellyfin.send({
      method,
      path: `Collections/${encodeURIComponent(id)}/Items`,
      query: { ids: member },
    });
    if (!sent.ok && !isUnknownMember(sent.error)) return sent;
  }
  return ok(undefined);
}

import type { SeerrRequest } from '../../seed/household.ts';
import { fieldsOf, isTrue, json, type Call, type Reply } from '../http.ts';
import { requestResource, type Seerr } from './house.ts';

const DECLINED = 3;
const COMPLETED = 5;
const UNKNOWN = 1;
const DELETED = 7;

/**
 * Somebody asks for a title (server/entity/MediaRequest.ts of Seerr 3): a film only while no request for it is open, and
 * of a show the seasons that nobody waits for and that it does not think are there.
 */
export function askFor(seerr: Seerr, call: Call): Reply {
  const fields = fieldsOf(call);
  const kind = fields['mediaType'] === 'tv' ? 'tv' : 'movie';
  const is4k = isTrue(fields['is4k']);
  const media = seerr.house.media.find((one) => one.kind === kind && one.tmdbId === fields['mediaId']);
  if (!media) return json(404, { message: 'This simulator asks only for what it knows.' });
  const open = seerr.house.requests.filter(
    (one) => one.mediaId === media.id && one.is4k === is4k && isOpen(seerr, one),
  );
  if (kind === 'movie' && open.length > 0)
    return json(409, { message: 'Request for this media already exists.' });
  const states = [...(seerr.seasons.get(media.id) ?? [])];
  const there = is4k ? [] : states.flatMap(([number, status]) => (isThere(status) ? number : []));
  const taken = new Set([...open.flatMap(({ seasons }) => seasons), ...there]);
  const wanted = Array.isArray(fields['seasons']) ? fields['seasons'].map(Number) : [];
  const seasons = wanted.filter((number) => !taken.has(number));
  if (kind === 'tv' && seasons.length === 0) return json(202, { message: 'No seasons available to request' });
  const request: SeerrRequest = {
    id: Math.max(0, ...seerr.house.requests.map(({ id }) => id)) + 1,
    mediaId: media.id,
    kind,
    status: 2,
    is4k,
    createdAt: seerr.world.now().toISOString(),
    requestedBy: Number(call.headers['x-api-user'] ?? 1),
    modifiedBy: null,
    seasons,
    serverId: is4k ? 1 : 0,
    profileName: is4k ? 'Ultra-HD' : 'HD-1080p',
    rootFolder: '/media',
  };
  seerr.house.requests.push(request);
  seerr.world.changed();
  return json(201, requestResource(seerr, request));
}

/** Overseerr has no word for completed: what was approved there stays open for ever. */
const isOpen = ({ settings }: Seerr, { status }: SeerrRequest): boolean =>
  status !== DECLINED && (status !== COMPLETED || settings.product === 'overseerr');

const isThere = (status: number): boolean => status !== UNKNOWN && status !== DELETED;

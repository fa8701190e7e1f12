import { createHmac } from 'node:crypto';
import { extensionOf } from '../../seed/patreon/media/recipes.ts';
import type { Media } from '../../seed/patreon/patronage.ts';
import { hexId } from '../../seed/random.ts';
import type { Patreon } from './house.ts';

const DAY_MS = 86_400_000;
const KEY = 'the simulated file server';

export type Transform = Record<string, number>;
export const original: Transform = { a: 1, p: 1 };

/** Where a file lies: `/p/post/<id>/`, `/p/campaign/<id>/`, `/p/user/<id>/`, `/p/product/<id>/`. */
export type Owner = { kind: 'post' | 'campaign' | 'user' | 'product'; id: string };

/** The same for one file whatever the transform and whoever asks, and part of every address of it. */
export const fileHash = (mediaId: string): string => hexId('patreon file', mediaId);

const sign = (path: string, time: string): string =>
  createHmac('sha256', KEY).update(`${path} ${time}`).digest('base64');

/** An address with an end: `token-time` is rounded up to midnight when it is days ahead. */
export function cdnUrl(house: Patreon, media: Media, owner: Owner, transform: Transform = original): string {
  const coded = Buffer.from(JSON.stringify(transform)).toString('base64').replace(/=/g, '%3D');
  const folder = `/4/patreon-media/p/${owner.kind}/${owner.id}/${fileHash(media.id)}/${coded}`;
  return signed(house, `${folder}/1.${extensionOf(media.file)}`);
}

export function transcriptUrl(house: Patreon, media: Media, owner: Owner): string {
  return signed(house, `/4/patreon-media/p/${owner.kind}/${owner.id}/${fileHash(media.id)}/transcript/1.vtt`);
}

function signed(house: Patreon, path: string): string {
  const { linkLifeMs } = house.settings;
  const end = house.now() + linkLifeMs;
  const time =
    String((linkLifeMs >= DAY_MS ? Math.ceil(end / DAY_MS) * DAY_MS : end) / 1000).split('.')[0] ?? '0';
  return `${house.at.cdn}${path}?token-hash=${encodeURIComponent(sign(path, time))}&token-time=${time}`;
}

/** 400 for an address that was encoded twice, 403 for one that is forged or too old. */
export function refusal(house: Patreon, path: string, query: URLSearchParams): 400 | 403 | null {
  const given = query.get('token-hash') ?? '';
  const time = query.get('token-time') ?? '';
  if (/%[0-9A-F]{2}/i.test(given)) return 400;
  if (given !== sign(path, time)) return 403;
  return Number(time) * 1000 > house.now() ? null : 403;
}

export const playbackId = (mediaId: string): string =>
  `${hexId('playback', mediaId)}${hexId('more', mediaId).slice(0, 14)}`;

/** What a player gets: a token with an end, in the shape of the real ones. Its signature is not one. */
export function playback(house: Patreon, media: Media) {
  const id = playbackId(media.id);
  const expiresAt = Math.floor((house.now() + house.settings.videoTokenLifeMs) / 1000);
  const claims = { sub: id, aud: 'v', exp: expiresAt, kid: 'simulated' };
  const coded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const unsigned = `${coded({ alg: 'RS256', typ: 'JWT' })}.${coded(claims)}`;
  const token = `${unsigned}.${createHmac('sha256', KEY).update(unsigned).digest('base64url')}`;
  return { id, token, expiresAt, url: `${house.at.mux}/${id}.m3u8?token=${token}` };
}

export function isGoodToken(house: Patreon, playbackId: string, token: string): boolean {
  const [head = '', claims = '', signature = ''] = token.split('.');
  if (createHmac('sha256', KEY).update(`${head}.${claims}`).digest('base64url') !== signature) return false;
  const { sub, exp } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as {
    sub: string;
    exp: number;
  };
  return sub === playbackId && exp * 1000 > house.now();
}

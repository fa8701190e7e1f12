import type { Media } from '../../seed/patreon/patronage.ts';
import { text, type Call, type Reply, type Route } from '../http.ts';
import { isGoodToken, playbackId } from './addresses.ts';
import type { Patreon } from './house.ts';
import { listOfWords, piecesOfWords, withWords } from './mux-words.ts';

/**
 * `/<playback id>.m3u8?token=`, its variants and their segments. Every step wants the token and a Referer of the site
 * (demanded since May 2025); cookies are not looked at, only written down.
 */
export function muxRoutes(house: Patreon): Route[] {
  return [
    ['GET', '/mux/:name', (call) => guarded(house, call, master)],
    ['GET', '/mux/:id/:name', (call) => guarded(house, call, piece)],
  ];
}

type Film = { media: Media; id: string; token: string };
type Handler = (house: Patreon, call: Call, film: Film) => Promise<Reply>;

async function guarded(house: Patreon, call: Call, handler: Handler): Promise<Reply> {
  const id = call.params['id'] ?? call.params['name']?.replace(/\.m3u8$/, '') ?? '';
  const token = call.query.get('token');
  const media = filmWith(house, id);
  if (!media || house.gone.has(media.id)) return text(404, 'Not Found');
  if (!isReferred(house, call)) return text(403, 'Forbidden: referrer is not allowed');
  if (token === null || !isGoodToken(house, id, token))
    return text(403, 'Forbidden: invalid or expired token');
  return handler(house, call, { media, id, token });
}

function isReferred({ at }: Patreon, call: Call): boolean {
  const referer = call.headers.referer ?? '';
  return referer.startsWith('https://www.patreon.com/') || referer.startsWith(`${at.site}/`);
}

/** Films are few and never made up on the fly. */
function filmWith({ shelves }: Patreon, id: string): Media | undefined {
  return shelves.flatMap((shelf) => shelf.films()).find((media) => playbackId(media.id) === id);
}

async function master(house: Patreon, _call: Call, { media, id, token }: Film): Promise<Reply> {
  const list = await house.store.part(media.file, 'master.m3u8');
  if (!list) return text(404, 'not made: ffmpeg or espeak-ng is missing here');
  // Variants are named relative to the master, which lies one folder higher.
  const named = media.hasStreamWords ? withWords(list.toString(), wordsLanguage(media)) : list.toString();
  const lines = addressed(named, token, `${id}/`);
  return playlist(media.isProtected ? protectedBy(lines) : lines);
}

async function piece(house: Patreon, call: Call, { media, token }: Film): Promise<Reply> {
  const name = call.params['name'] ?? '';
  if (media.hasStreamWords && /^words(-\d{3})?\.(m3u8|vtt)$/.test(name))
    return wordsPiece(house, { media, token }, name);
  const isPiece = /^[\w-]+\.(m3u8|ts|jpg|json)$/.test(name);
  const bytes = isPiece ? await house.store.part(media.file, name) : null;
  if (!bytes) return text(404, 'Not Found');
  if (name.endsWith('.ts')) return { status: 200, type: 'video/mp2t', body: bytes };
  if (name.endsWith('.jpg')) return { status: 200, type: 'image/jpeg', body: bytes };
  if (name.endsWith('.json')) return { status: 200, type: 'application/json', body: bytes };
  const lines = addressed(bytes.toString(), token);
  return playlist(media.isProtected ? lines.replace('#EXTINF', `${widevine('KEY')}\n#EXTINF`) : lines);
}

const NAMES = /^([\w-]+\.(?:m3u8|ts|vtt))$|(?<=URI=")([\w-]+\.m3u8)(?=")/gm;

const addressed = (list: string, token: string, folder = ''): string =>
  list.replace(NAMES, (name) => `${folder}${name}?token=${token}`);

const wordsLanguage = ({ file }: Media): string => (file.kind === 'film' ? file.language : 'es');

async function wordsPiece(house: Patreon, { media, token }: Omit<Film, 'id'>, name: string): Promise<Reply> {
  const transcript = await house.store.part(media.file, 'transcript.vtt');
  if (!transcript) return text(404, 'Not Found');
  const pieces = piecesOfWords(transcript.toString());
  if (name === 'words.m3u8') return playlist(addressed(listOfWords(pieces.length), token));
  const piece = pieces[Number(/\d+/.exec(name)?.[0])];
  return piece === undefined ? text(404, 'Not Found') : { status: 200, type: 'text/vtt', body: piece };
}

const playlist = (body: string): Reply => ({ status: 200, type: 'application/vnd.apple.mpegurl', body });

const widevine = (tag: 'KEY' | 'SESSION-KEY'): string =>
  `#EXT-X-${tag}:METHOD=SAMPLE-AES-CTR,URI="data:text/plain;base64,AAAAPHBzc2gAAAAA7e+LqXnWSs6jyCfc1R0h7Q==",KEYFORMAT="urn:uuid:edef8ba9-79d6-4ace-a3c8-27dcd51d21ed",KEYFORMATVERSIONS="1"`;

const protectedBy = (list: string): string => list.replace('#EXTM3U', `#EXTM3U\n${widevine('SESSION-KEY')}`);

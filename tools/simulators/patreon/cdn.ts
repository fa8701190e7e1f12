import type { Media } from '../../seed/patreon/patronage.ts';
import { text, type Call, type Reply, type Route } from '../http.ts';
import { refusal, type Owner } from './addresses.ts';
import { fileByHash } from './found-file.ts';
import type { Patreon } from './house.ts';
import { ranged } from './ranges.ts';
import { transformed } from './transforms.ts';

/** `/4/patreon-media/p/<kind>/<owner>/<hash>/<transform>/<n>.<ext>`: knows no cookies and looks only at the signature. */
export function cdnRoutes(house: Patreon): Route[] {
  const path = '/4/patreon-media/p/:kind/:owner/:hash/:transform/:name';
  const handle = (call: Call): Promise<Reply> => file(house, call);
  return [
    ['GET', path, handle],
    ['HEAD', path, handle],
  ];
}

async function file(house: Patreon, call: Call): Promise<Reply> {
  const refused = refusal(house, call.path, call.query);
  if (refused === 400) return text(400, 'Bad Request');
  if (refused === 403) return text(403, 'Forbidden: the link has expired or is not valid');
  const { kind, owner, hash = '', transform = '' } = call.params;
  const media = fileByHash(house, { kind, id: owner } as Owner, hash);
  if (!media || house.gone.has(media.id)) return text(404, 'Not Found');
  if (transform === 'transcript') return transcript(house, media);
  const body = await house.store.bytes(media.file);
  if (!body) return text(404, 'not made: ffmpeg or espeak-ng is missing here');
  const changed = await transformed(body, media.file, transform);
  return ranged(call, {
    status: 200,
    type: media.mimetype,
    body: changed,
    headers: { ...dispositionOf(media), 'cache-control': 'public, max-age=31536000', etag: `"${hash}"` },
  });
}

async function transcript(house: Patreon, media: Media): Promise<Reply> {
  const words = await house.store.part(media.file, 'transcript.vtt');
  if (words === null) return text(404, 'Not Found');
  return { status: 200, type: 'text/vtt; charset=utf-8', body: words };
}

/** Three ways to say a name: plainly, with letters that headers do not know, and not at all. */
function dispositionOf({ fileName, disposition }: Media): Record<string, string> {
  if (fileName === null || disposition === 'none') return {};
  const plain = fileName.replace(/[^\x20-\x7e]|["\\]/g, '_');
  if (disposition === 'plain') return { 'content-disposition': `attachment; filename="${plain}"` };
  const coded = encodeURIComponent(fileName).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return { 'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${coded}` };
}

import { empty, text, type Call, type Handler, type Route } from '../http.ts';
import { posterReply } from '../posters.ts';
import { itemAt, titleOf, type MediaServer } from './house.ts';

const types = ['image/png', 'image/jpeg', 'image/webp'];

export function imageRoutes(server: MediaServer): Route[] {
  const { house } = server;
  const own = (call: Call) => itemAt(server, call.params['id']);
  const show: Handler = (call) => {
    const item = own(call);
    const uploaded = item && house.posters?.[item.id];
    if (uploaded) return { status: 200, type: uploaded.type, body: Buffer.from(uploaded.base64, 'base64') };
    const title = item && titleOf(server, item);
    if (!title) return empty(404);
    const asked = Number(
      call.query.get('fillWidth') ?? call.query.get('maxWidth') ?? call.query.get('width') ?? 400,
    );
    const format = call.query.get('format')?.toLowerCase() === 'webp' ? 'webp' : 'jpeg';
    return posterReply(title, { width: Math.min(Math.max(asked || 400, 40), 1000), format });
  };

  return [
    ['GET', '/Items/:id/Images/Primary', show],
    ['GET', '/Items/:id/Images/Primary/:index', show],
    // The body is base64 text whatever the description says; raw bytes are no base64.
    [
      'POST',
      '/Items/:id/Images/Primary',
      (call) => {
        const item = own(call);
        const type = call.headers['content-type']?.split(';')[0] ?? '';
        if (!item) return empty(404);
        if (!types.includes(type)) return text(400, 'Incorrect ContentType.');
        const base64 = call.body.toString('latin1').trim();
        if (base64 === '' || !/^[A-Za-z0-9+/\s]+={0,2}$/.test(base64))
          return text(500, 'Error processing request.');
        (house.posters ??= {})[item.id] = { type, base64 };
        server.world.changed();
        return empty(204);
      },
    ],
    [
      'DELETE',
      '/Items/:id/Images/Primary',
      (call) => {
        const item = own(call);
        if (!item) return empty(404);
        delete house.posters?.[item.id];
        server.world.changed();
        return empty(204);
      },
    ],
  ];
}

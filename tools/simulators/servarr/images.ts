import { empty, type Handler, type Route } from '../http.ts';
import { posterReply } from '../posters.ts';
import type { Servarr } from './house.ts';

/** `poster.jpg`, `poster-500.jpg`, `poster-250.jpg`; what hangs on a wall is the same picture. */
export function imageRoutes(servarr: Servarr): Route[] {
  const picture: Handler = (call) => {
    const row = servarr.titles().find((title) => title.id === Number(call.params['id']));
    const title = row && servarr.world.household.titles[row.title];
    const match = /^(?:poster|fanart|banner)(?:-(\d+))?\.jpg$/.exec(call.params['file'] ?? '');
    if (!title || !match) return empty(404);
    return posterReply(title, { width: Math.min(Number(match[1] ?? 680), 1000), format: 'jpeg' });
  };
  return [
    ['GET', '/MediaCover/:id#/:file', picture],
    ['GET', '/api/v3/mediacover/:id#/:file', picture],
  ];
}

export const images = ({ settings }: Servarr, id: number, remote: string) => [
  {
    coverType: 'poster',
    url: `${settings.urlBase}/MediaCover/${String(id)}/poster.jpg?lastWrite=638700000000000000`,
    remoteUrl: remote,
  },
];

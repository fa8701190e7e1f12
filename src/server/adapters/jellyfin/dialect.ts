import { z } from 'zod';
import type { Dialect } from '../media-server/dialect.ts';
import { user } from '../media-server/schemas.ts';

/** Jellyfin takes ids with and without dashes and gives them without; the same id must always look the same. */
const toId = (id: string): string => id.replaceAll('-', '').toLowerCase();

export const jellyfin: Dialect = {
  kind: 'jellyfin',
  product: 'Jellyfin',
  /** The one header that every version takes: the others are switched off in Jellyfin 12 (T-21). */
  headers: (key) => ({ Authorization: `MediaBrowser Token="${encodeURIComponent(key)}"` }),

  /** Emby and old forks answer the same path, but without Jellyfin's product name. */
  strangerIn({ ProductName }) {
    const product = ProductName ?? 'Emby';
    return /^jellyfin/i.test(product) ? null : product;
  },

  toId,
  isId: (id) => /^[0-9a-f]{32}$/.test(toId(id)),
  query: (query) => query,
  users: { path: 'Users', answer: z.array(user) },
  itemsOf: (userId) => ({ path: 'Items', query: { userId } }),
  fieldsOfMarks: {},
  isAnswer: ({ UserData }) => Boolean(UserData),
  removal: (path) => ({ method: 'DELETE', path }),
};

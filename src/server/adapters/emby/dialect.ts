import type { Dialect, Query } from '../media-server/dialect.ts';
import { isPlayable } from '../media-server/mapping.ts';
import { pageOf, user } from '../media-server/schemas.ts';

/** A list of users that is shorter than it says has left somebody out, who would have watched nothing (T-22). */
const everyUser = pageOf(user)
  .refine(({ Items, TotalRecordCount }) => Items.length === TotalRecordCount, { path: ['TotalRecordCount'] })
  .transform(({ Items }) => Items);

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

export const emby: Dialect = {
  kind: 'emby',
  product: 'Emby',
  headers: (key) => ({ 'X-Emby-Token': key }),

  /** Emby does not name its product; Jellyfin does. */
  strangerIn({ ProductName, ServerName }) {
    if (ProductName && !/^emby/i.test(ProductName)) return ProductName;
    return ServerName ? null : '?';
  },

  /** Short numbers for items, 32 digits for users: both as they come, never Jellyfin's way. */
  toId: (id) => id,
  isId: (id) => /^[1-9]\d{0,17}$/.test(id),

  query: (query): Query => ({
    ...Object.fromEntries(Object.entries(query).map(([name, value]) => [capital(name), value])),
    // The second way by which a film hides behind its collection (T-24).
    ...('collapseBoxSetItems' in query ? { GroupItemsIntoCollections: false } : {}),
  }),

  users: { path: 'Users/Query', answer: everyUser },
  itemsOf: (userId) => ({ path: `Users/${encodeURIComponent(userId)}/Items`, query: {} }),
  /** Without being asked Emby leaves both out of a list. */
  fieldsOfMarks: { fields: 'UserDataPlayCount,UserDataLastPlayedDate' },

  /** A count that is absent is unknown, not zero: a server that does not tell it would make everything unwatched. */
  isAnswer: (item) =>
    Boolean(item.UserData) && (!isPlayable(item) || typeof item.UserData?.PlayCount === 'number'),

  /** Emby has a way to take members out that is not DELETE, which with a wrong path would take films out. */
  removal: (path) => ({ method: 'POST', path: `${path}/Delete` }),
};

import type { z } from 'zod';
import type { MediaServerKind } from '#features/connections/core/connection.ts';
import type { HttpCall } from '#server/platform/http.ts';
import type { MarkedItem, PublicInfo, User } from './schemas.ts';

export type Query = NonNullable<HttpCall['query']>;

/** What Jellyfin and Emby, of which one came from the other, say differently. Everything else they share. */
export type Dialect = {
  kind: MediaServerKind;
  product: string;
  headers: (key: string) => Record<string, string>;
  /** The name of the other program that answered; null when it is the right one. */
  strangerIn: (info: PublicInfo) => string | null;
  /** The same id always looks the same. */
  toId: (id: string) => string;
  /** An id that the server cannot read is dropped from a filter, and the filter then means everything (T-20). */
  isId: (id: string) => boolean;
  /** Names of parameters as this product writes them. */
  query: (query: Query) => Query;
  users: { path: string; answer: z.ZodType<User[]> };
  /** The list as one user sees it, with what that user did. */
  itemsOf: (userId: string) => { path: string; query: Query };
  fieldsOfMarks: Query;
  /** Whether what a user's list says of an item is an answer at all: absent is not "never" (T-22). */
  isAnswer: (item: MarkedItem) => boolean;
  removal: (collection: string) => Pick<HttpCall, 'method' | 'path'>;
};

import type { Fields } from '../shared/fields.ts';
import type { Document, Resource } from './document.ts';
import type { DriftCount } from './drift.ts';
import type { MediaList } from './media-list.ts';

/** A post while it is read: its answer, and what was found in it so far. */
export type Reading = {
  document: Document;
  post: Resource;
  fields: Fields;
  drift: DriftCount;
  media: MediaList;
};

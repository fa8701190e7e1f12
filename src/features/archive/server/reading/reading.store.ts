import type { Db } from '#server/platform/db.ts';
import { createCollectionStore } from './collections.store.ts';
import { createCreatorStore } from './creators.store.ts';
import { createPostListStore } from './posts.store.ts';
import { createPostStore } from './post.store.ts';
import type { ReadingStore } from './reading.ports.ts';

export const createReadingStore = (db: Db): ReadingStore => ({
  ...createPostListStore(db),
  ...createPostStore(db),
  ...createCreatorStore(db),
  ...createCollectionStore(db),
});

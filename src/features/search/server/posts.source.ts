import type { PostId } from '#core/ids.ts';
import type { createPostTexts } from '#features/archive/server/index.ts';
import { documentOfPost } from '../core/post-document.ts';
import type { TextSource } from './ports.ts';

/** Posts of the archive with their comments. */
export const createPostSource = (texts: ReturnType<typeof createPostTexts>): TextSource => ({
  kind: 'post',
  async changed(since, after, limit) {
    const rows = await texts.changed(
      since,
      after && { id: after.ref as PostId, changedAt: after.changedAt },
      limit,
    );
    return rows.map(({ id, changedAt }) => ({ ref: id, changedAt }));
  },
  documents: async (refs) => (await texts.read(refs as readonly PostId[])).map(documentOfPost),
  existing: (refs) => texts.existing(refs as readonly PostId[]),
});

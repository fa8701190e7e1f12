import type { PostId, Sha256 } from '#core/ids.ts';
import type { createPostTexts, PostText } from '#features/archive/server/index.ts';
import type { MediaText } from '#features/enrichment/core/text.ts';
import { documentOfPost, type PlacedText } from '../core/post-document.ts';
import type { TextSource } from './ports.ts';

/** What was read out of a media file; nothing of most. */
export type TextsOf = (sha256: Sha256) => Promise<readonly MediaText[]>;

/** Posts of the archive with their comments, and the words in their files. */
export function createPostSource(texts: ReturnType<typeof createPostTexts>, textsOf: TextsOf): TextSource {
  async function placedTexts({ files }: PostText): Promise<PlacedText[]> {
    const found: PlacedText[] = [];
    for (const { id, sha256 } of files)
      for (const text of await textsOf(sha256)) found.push({ place: id, text });
    return found;
  }

  return {
    kind: 'post',
    async changed(since, after, limit) {
      const from = after && { id: after.ref as PostId, changedAt: after.changedAt };
      const rows = await texts.changed(since, from, limit);
      return rows.map(({ id, changedAt }) => ({ ref: id, changedAt }));
    },
    async documents(refs) {
      const posts = await texts.read(refs as readonly PostId[]);
      return Promise.all(posts.map(async (post) => documentOfPost(post, await placedTexts(post))));
    },
    existing: (refs) => texts.existing(refs as readonly PostId[]),
  };
}

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
    const found: (PlacedText & { file: PostText['files'][number] })[] = [];
    for (const file of files)
      for (const text of await textsOf(file.sha256)) found.push({ place: file.id, text, file });
    const captioned = new Set(found.flatMap(({ text, file }) => (text.kind === 'captions' ? file.of : [])));
    // Where its post has captions, the page shows those and not what was heard.
    return found.filter(({ text, file }) => text.kind !== 'speech' || !captioned.has(file.externalId));
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

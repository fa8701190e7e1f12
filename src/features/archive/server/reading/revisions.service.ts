import type { PostId, RevisionId } from '#core/ids.ts';
import { err, ok, type Result } from '#core/result.ts';
import type { Comparison } from '../../core/reading/comparison.ts';
import type { RevisionRow } from '../../core/reading/shown.ts';
import { comparePosts } from './compare.ts';
import type { ReadingStore, ReadRaw, StoredRevision } from './reading.ports.ts';

type RevisionProblem =
  | { code: 'archive.post-not-found' }
  | { code: 'archive.revision-not-found' }
  /** The parser of today cannot read what the source answered then. */
  | { code: 'archive.revision-unreadable' };

export type ComparedRevision = {
  revision: RevisionRow;
  /** Null for the first one: there is nothing before it. */
  earlier: RevisionRow | null;
  comparison: Comparison | null;
};

type RevisionsDeps = { store: Pick<ReadingStore, 'post' | 'revision'>; readRaw: ReadRaw };

/** What a revision changed against the one before it. */
export function createRevisions({ store, readRaw }: RevisionsDeps) {
  const parsed = ({ plugin, postExternalId, raw }: StoredRevision) =>
    readRaw(plugin, { externalId: postExternalId, raw });

  const compare = async (
    postId: PostId,
    [earlier, later]: [RevisionRow, RevisionRow],
  ): Promise<Result<Comparison, RevisionProblem>> => {
    const [before, after] = await Promise.all([
      store.revision(postId, earlier.id),
      store.revision(postId, later.id),
    ]);
    if (!before || !after) return err({ code: 'archive.revision-not-found' });
    const [old, young] = [parsed(before), parsed(after)];
    if (!old || !young) return err({ code: 'archive.revision-unreadable' });
    return ok(comparePosts(old, young));
  };

  return async (postId: PostId, id: RevisionId): Promise<Result<ComparedRevision, RevisionProblem>> => {
    const post = await store.post(postId);
    if (!post) return err({ code: 'archive.post-not-found' });
    const at = post.revisions.findIndex((one) => one.id === id);
    const revision = post.revisions[at];
    if (!revision) return err({ code: 'archive.revision-not-found' });
    const earlier = post.revisions[at + 1] ?? null;
    if (!earlier) return ok({ revision, earlier, comparison: null });
    const compared = await compare(postId, [earlier, revision]);
    return compared.ok ? ok({ revision, earlier, comparison: compared.value }) : compared;
  };
}

import type { FoundDocument } from '../core/fuse.ts';
import type { SearchQuery, Unit } from '../core/query.ts';
import { hrefOf, type ShownDocument, type ShownPassage } from '../core/results.ts';
import { locatorAt } from '../core/course.ts';
import { firstMarked, snippetOf } from '../core/snippet.ts';
import type { ShownStore, StoredDocument, StoredPassage, WordsStore } from './ports.ts';

type Deps = { words: Pick<WordsStore, 'queries'>; shown: ShownStore };

/** Makes what was found into what is shown: documents with their best passages, what was looked for marked. */
export function createPresenter({ words, shown }: Deps) {
  async function hitQuery({ clauses }: SearchQuery): Promise<string | null> {
    const asked = clauses.flatMap(({ any }) =>
      any.flatMap(({ words: all, isPrefix }) =>
        all.map((word): Unit => ({ words: [word], isPrefix, isQuoted: false })),
      ),
    );
    if (asked.length === 0) return null;
    const queries = (await words.queries(asked)).map(({ query }) => query);
    return queries.length === 0 ? null : queries.join(' | ');
  }

  return async function present(
    query: SearchQuery,
    found: readonly FoundDocument[],
  ): Promise<ShownDocument[]> {
    const hits = await hitQuery(query);
    const bare = found.filter(({ passages }) => passages.length === 0).map(({ document }) => document);
    const [documents, passages, first] = await Promise.all([
      shown.documents(found.map(({ document }) => document)),
      shown.passages(
        found.flatMap((one) => one.passages),
        hits ?? '',
      ),
      shown.firstPassages(bare),
    ]);
    const byId = new Map(documents.map((document) => [document.id, document]));
    const passageById = new Map(passages.map((passage) => [passage.id, passage]));
    const firstOf = new Map(first.map((passage) => [passage.documentId, passage]));
    return found.flatMap(({ document: id, passages: ids }) => {
      const document = byId.get(id);
      const own = ids.length > 0 ? ids.map((one) => passageById.get(one)) : [firstOf.get(id)];
      return document
        ? [
            shownDocument(
              document,
              own.filter((one) => one !== undefined),
            ),
          ]
        : [];
    });
  };
}

const shownDocument = (
  { kind, ref, title, type, creator, source, at }: StoredDocument,
  passages: readonly StoredPassage[],
): ShownDocument => {
  const shown = passages.map(({ part, locator: course, text, hits }): ShownPassage => {
    const locator = locatorAt(course, firstMarked(text, hits) ?? 1);
    return { part, locator, href: hrefOf(kind, ref, locator), snippet: snippetOf(text, hits) };
  });
  const isHit = passages[0] !== undefined && passages[0].hits.length > 0;
  const href = (isHit && shown[0]?.href) || hrefOf(kind, ref, { at: 'start' });
  return { kind, id: ref, title, type, creator, source, at, href, passages: shown };
};

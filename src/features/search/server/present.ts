import type { FoundDocument } from '../core/fuse.ts';
import type { SearchQuery } from '../core/query.ts';
import { hrefOf, type ShownDocument, type ShownPassage } from '../core/results.ts';
import { locatorAt } from '../core/course.ts';
import { snippetFrom, type Sentence } from '../core/sentences.ts';
import { firstMarked, snippetOf } from '../core/snippet.ts';
import { placesOf } from '../core/text.ts';
import type { Meaning, Meant } from './meaning/meaning.service.ts';
import type { AskedWord, ShownStore, StoredDocument, StoredPassage } from './ports.ts';

type Deps = {
  shown: ShownStore;
  nearestSentences: Meaning['nearestSentences'];
};

/** Of everything that was looked for, and not of what must not stand there. */
const singleWords = ({ clauses }: SearchQuery): AskedWord[] =>
  clauses.flatMap(({ any }) =>
    any.flatMap(({ words, isPrefix }) => words.map((word) => ({ word, isPrefix }))),
  );

type ByMeaning = Extract<Meant, { is: 'answered' }>;

/** Makes what was found into what is shown: documents with their best passages, what was looked for marked. */
export function createPresenter({ shown, nearestSentences }: Deps) {
  /** Of those where nothing is marked. */
  async function sentencesOf(
    passages: readonly StoredPassage[],
    meant: ByMeaning | null,
  ): Promise<ReadonlyMap<number, Sentence | null>> {
    if (!meant) return new Map();
    const silent = passages.filter(({ hits }) => hits.length === 0);
    const sentences = await nearestSentences(
      meant,
      silent.map(({ text }) => text),
    );
    return new Map(silent.map(({ id }, index) => [id, sentences[index] ?? null]));
  }

  return async function present(
    query: SearchQuery,
    found: readonly FoundDocument[],
    meant: ByMeaning | null,
  ): Promise<ShownDocument[]> {
    const bare = found.filter(({ passages }) => passages.length === 0).map(({ document }) => document);
    const [documents, passages, first] = await Promise.all([
      shown.documents(found.map(({ document }) => document)),
      shown.passages(
        found.flatMap((one) => one.passages),
        singleWords(query),
      ),
      shown.firstPassages(bare),
    ]);
    const byId = new Map(documents.map((document) => [document.id, document]));
    const passageById = new Map(passages.map((passage) => [passage.id, passage]));
    const firstOf = new Map(first.map((passage) => [passage.documentId, passage]));
    const inOrder = found.flatMap((one) => one.passages.flatMap((id) => passageById.get(id) ?? []));
    const sentences = await sentencesOf(inOrder, meant);
    return found.flatMap(({ document: id, passages: ids }) => {
      const document = byId.get(id);
      const own = ids.length > 0 ? ids.map((one) => passageById.get(one)) : [firstOf.get(id)];
      if (!document) return [];
      const shownOnes = own
        .filter((one) => one !== undefined)
        .map((one) => ({ ...one, sentence: sentences.get(one.id) ?? null }));
      return [shownDocument(document, shownOnes, ids.length > 0)];
    });
  };
}

type Placed = StoredPassage & { sentence: Sentence | null };

function shownPassage(
  { kind, ref }: StoredDocument,
  { part, locator: course, text, hits, sentence }: Placed,
): ShownPassage {
  const places = placesOf(text);
  const locator = locatorAt(course, firstMarked(places, hits) ?? sentence?.word ?? 1);
  const snippet = sentence ? snippetFrom(text, sentence) : snippetOf(places, hits);
  return { part, locator, href: hrefOf(kind, ref, locator), snippet };
}

/** Opens where the best passage stands, unless only the title was found. */
function shownDocument(
  document: StoredDocument,
  passages: readonly Placed[],
  isByPassage: boolean,
): ShownDocument {
  const { kind, ref, title, type, creator, source, at } = document;
  const shown = passages.map((passage) => shownPassage(document, passage));
  const href = (isByPassage && shown[0]?.href) || hrefOf(kind, ref, { at: 'start' });
  return { kind, id: ref, title, type, creator, source, at, href, passages: shown };
}

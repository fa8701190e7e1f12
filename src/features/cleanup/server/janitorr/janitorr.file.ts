import { LineCounter, parseAllDocuments } from 'yaml';
import { err, ok, type Result } from '#core/result.ts';
import { specOf } from '../../core/janitorr/config.ts';
import { propertiesOf, type Properties, type Yaml } from '../../core/janitorr/properties.ts';

export type FileProblem =
  | { code: 'janitorr.too-large'; most: number }
  /** Never with the text of the line: it may hold a key. */
  | { code: 'janitorr.not-yaml'; line: number }
  | { code: 'janitorr.nothing-known' };

/** Janitorr's own example has 6 000. Each key is compared with all before it, so ten thousand keys would stop us for ten seconds. */
export const MOST_CHARACTERS = 40_000;
/** Ten lines of references to references are a gigabyte; nobody's file has any. */
const MOST_ALIASES = 50;

/** As Spring reads it: YAML 1.1, where `yes` and `off` are not texts, and several documents are one file. */
export function readFile(text: string): Result<Properties, FileProblem> {
  if (text.length > MOST_CHARACTERS) return err({ code: 'janitorr.too-large', most: MOST_CHARACTERS });
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { version: '1.1', prettyErrors: false, lineCounter: lines });
  if (!Array.isArray(documents)) return err({ code: 'janitorr.nothing-known' });
  const [broken] = documents.flatMap(({ errors }) => errors);
  if (broken) return err({ code: 'janitorr.not-yaml', line: lines.linePos(broken.pos[0]).line });
  const plain: Yaml[] = [];
  for (const document of documents) {
    try {
      const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
      plain.push(JSON.parse(JSON.stringify(value ?? null)) as Yaml);
    } catch {
      return err({ code: 'janitorr.not-yaml', line: lines.linePos(document.range[0]).line });
    }
  }
  const properties = propertiesOf(plain);
  const hasKnown = [...properties.given.keys()].some((name) => specOf(name) !== null);
  return hasKnown ? ok(properties) : err({ code: 'janitorr.nothing-known' });
}

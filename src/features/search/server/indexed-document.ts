import { createHash } from 'node:crypto';
import { isNaming, type DetectLanguage, type SearchDocument } from '../core/document.ts';
import { cutPassages } from '../core/passages.ts';
import { languagesOfHeading } from '../core/stems.ts';
import { cleanText } from '../core/text.ts';
import type { IndexedDocument } from './ports.ts';

/** Another number has everything indexed anew by the next sweep: raise it when passages are cut or folded otherwise. */
const VERSION = 6;

type Prepared = Pick<IndexedDocument, 'document' | 'digest'>;

/** With its passages, which are work: only for what is written. */
export function cut({ document, digest }: Prepared, detect: DetectLanguage): IndexedDocument {
  const passages = cutPassages(document.stretches, detect);
  return {
    document,
    digest,
    passages,
    headingLanguages: languagesOfHeading(
      document.title,
      passages.filter((passage) => !isNaming(passage)),
      detect,
    ),
  };
}

/** As a database can keep it, and known by everything that is indexed of it. */
export const prepared = (document: SearchDocument): Prepared => {
  const cleaned = {
    ...document,
    title: cleanText(document.title),
    tags: document.tags.map(cleanText),
    lists: document.lists.map(cleanText),
    creator: document.creator && { ...document.creator, name: cleanText(document.creator.name) },
  };
  const digest = createHash('sha256')
    .update(JSON.stringify([VERSION, cleaned]))
    .digest('hex');
  return { document: cleaned, digest };
};

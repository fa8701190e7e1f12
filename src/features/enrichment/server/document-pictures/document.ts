import { ok } from '#core/result.ts';
import type { Programs } from '#server/platform/program.ts';
import type { DocumentPage } from '../../core/document-pictures/choose.ts';
import { isWithoutText, lettersIn } from '../../core/ocr/read-words.ts';
import type { MediaText } from '../../core/text.ts';
import { readPageSizes } from '../pdf.ts';
import type { ToolOutcome } from '../tool.ts';

/** What is known of the pages of a document: their sizes from itself, their words from what was read before. */
export async function readDocument(
  programs: Pick<Programs, 'run'>,
  { path, texts }: { path: string; texts: readonly MediaText[] },
  signal: AbortSignal,
): Promise<ToolOutcome<readonly DocumentPage[]>> {
  const sizes = await readPageSizes(programs, path, signal);
  if (!sizes.ok) return sizes;
  const [own, recognised] = [wordsOf(texts, 'pdf'), wordsOf(texts, 'ocr')];
  return ok(
    sizes.value.flatMap((size, index): DocumentPage[] => {
      if (!size) return [];
      const page = index + 1;
      const letters = lettersOf(own.get(page) ?? '', recognised.get(page));
      return [{ page, widthPoints: size.width, heightPoints: size.height, letters }];
    }),
  );
}

function wordsOf(texts: readonly MediaText[], kind: 'pdf' | 'ocr'): ReadonlyMap<number, string> {
  const text = texts.find((one) => one.kind === kind);
  return text?.kind === 'pdf' || text?.kind === 'ocr'
    ? new Map(text.pages.map((one) => [one.page, one.text]))
    : new Map();
}

function lettersOf(own: string, recognised: string | undefined): number | null {
  if (!isWithoutText(own)) return lettersIn(own);
  return recognised === undefined ? null : lettersIn(recognised);
}

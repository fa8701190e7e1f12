import { pathToFileURL } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { PDFDocumentLoadingTask, PDFDocumentProxy } from 'pdfjs-dist';
import type { PageSize, PdfAnswer, PdfTask } from './pdf.ts';

/**
 * A process of its own, started by pdf.ts: one thread reads, the other looks at how much memory that takes. What pdf.js
 * unpacks lies outside of the heap that Node can limit.
 */

/** A manual of a thousand pages takes 150 MB. */
const MOST_MEMORY_BYTES = 400 * 1024 * 1024;
const MOST_HEAP_MB = 256;
const LOOK_EVERY_MS = 25;
/** Ten thousand pages of a novel. */
const MOST_CHARACTERS = 20_000_000;
/** A document may say that it has a thousand million of them. */
const MOST_PAGES = 50_000;

const MOST_TITLE = 1000;

const tooLarge: PdfAnswer = { is: 'failed', why: { code: 'derivative.too-large' } };

function watch(): void {
  const [mode, cMaps = '', ...paths] = process.argv.slice(2);
  const worker = new Worker(import.meta.filename, {
    workerData: {
      mode: mode === 'titles' || mode === 'sizes' ? mode : 'text',
      cMaps,
      paths,
    } satisfies PdfTask,
    resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
  });
  let hasAnswered = false;
  const answer = (said: PdfAnswer): void => {
    if (hasAnswered) return;
    hasAnswered = true;
    process.stdout.write(JSON.stringify(said), () => process.exit());
  };
  setInterval(() => {
    if (process.memoryUsage.rss() > MOST_MEMORY_BYTES) answer(tooLarge);
  }, LOOK_EVERY_MS);
  worker.on('message', answer);
  worker.on('error', (problem) => answer(failureOf(problem)));
}

async function answerTo({ mode, paths, cMaps }: PdfTask): Promise<PdfAnswer> {
  const open = await opener(cMaps);
  if (mode === 'text') return textsOf(await open(paths[0] ?? '').promise);
  if (mode === 'sizes') return sizesOf(await open(paths[0] ?? '').promise);
  const titles: (string | null)[] = [];
  for (const path of paths) titles.push(await titleOf(open(path)));
  return { is: 'titles', titles };
}

/** What cannot be opened has none; its text is asked for later, and says why. */
async function titleOf(loading: PDFDocumentLoadingTask): Promise<string | null> {
  try {
    const { info } = await (await loading.promise).getMetadata();
    const title: unknown = 'Title' in info ? info.Title : null;
    return typeof title === 'string' ? title.slice(0, MOST_TITLE) : null;
  } catch {
    return null;
  } finally {
    await loading.destroy();
  }
}

async function opener(cMaps: string): Promise<(path: string) => PDFDocumentLoadingTask> {
  const [pdfjs, worker] = await Promise.all([
    import('pdfjs-dist/legacy/build/pdf.mjs'),
    import('pdfjs-dist/legacy/build/pdf.worker.mjs'),
  ]);
  // It would look for a file of that name, which the bundle has not.
  Object.assign(globalThis, { pdfjsWorker: worker });
  return (path) =>
    pdfjs.getDocument({
      url: pathToFileURL(path).href,
      // By the pieces that are needed: the file may be larger than our memory.
      disableStream: true,
      disableAutoFetch: true,
      cMapUrl: `${cMaps}/`,
      useSystemFonts: false,
      disableFontFace: true,
      enableXfa: false,
      useWasm: false,
      verbosity: pdfjs.VerbosityLevel.ERRORS,
    });
}

/** A page that is broken has no text; its document has others. */
async function textsOf(document: PDFDocumentProxy): Promise<PdfAnswer> {
  if (document.numPages > MOST_PAGES) return tooLarge;
  const pages: (string | null)[] = [];
  let characters = 0;
  for (let number = 1; number <= document.numPages; number++) {
    const text = await textOf(document, number);
    characters += text?.length ?? 0;
    if (characters > MOST_CHARACTERS) return tooLarge;
    pages.push(text);
  }
  return pages.every((text) => text === null)
    ? failureOf(new Error('none of its pages can be read'))
    : { is: 'read', pages: pages.map((text) => text ?? '') };
}

async function sizesOf(document: PDFDocumentProxy): Promise<PdfAnswer> {
  if (document.numPages > MOST_PAGES) return tooLarge;
  const sizes: PageSize[] = [];
  for (let number = 1; number <= document.numPages; number++) sizes.push(await sizeOf(document, number));
  return { is: 'sizes', sizes };
}

async function sizeOf(document: PDFDocumentProxy, number: number): Promise<PageSize> {
  try {
    const page = await document.getPage(number);
    const { width, height } = page.getViewport({ scale: 1 });
    page.cleanup();
    return { width, height };
  } catch {
    return null;
  }
}

async function textOf(document: PDFDocumentProxy, number: number): Promise<string | null> {
  try {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    page.cleanup();
    return items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('');
  } catch {
    return null;
  }
}

function failureOf(problem: unknown): PdfAnswer {
  const {
    name = '',
    message = '',
    code = '',
  } = problem as { name?: string; message?: string; code?: string };
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return tooLarge;
  if (name === 'PasswordException') return { is: 'failed', why: { code: 'derivative.locked' } };
  return { is: 'failed', why: { code: 'derivative.not-readable', reason: message.slice(0, 200) } };
}

if (isMainThread) watch();
else parentPort?.postMessage(await answerTo(workerData as PdfTask).catch(failureOf));

import type { PDFDocumentProxy } from 'pdfjs-dist';

export type { PDFDocumentProxy };

/** `ratio` is the height of the first page by its width. */
export type OpenedPdf = { document: PDFDocumentProxy; ratio: number };

/** See `tools/vite/pdf-files.ts`: what pdf.js asks for by name while it reads certain documents. */
const FILES = '/pdfjs';

/**
 * pdf.js comes only when somebody opens a document: the browsers' own viewers cannot be relied on inside a page (Android has
 * none there, iOS shows one page), and ours can open at a page. Nothing in a document is run: no scripts, no forms, no eval.
 */
export async function openPdf(url: string): Promise<OpenedPdf> {
  const [pdfjs, worker] = await Promise.all([
    import('pdfjs-dist'),
    import('pdfjs-dist/build/pdf.worker.min.mjs?url'),
  ]);
  pdfjs.GlobalWorkerOptions.workerSrc = worker.default;
  const document = await pdfjs.getDocument({
    url,
    enableXfa: false,
    // Our Content-Security-Policy allows no WebAssembly; the fallbacks in plain JavaScript do the same, slower.
    useWasm: false,
    wasmUrl: `${FILES}/wasm/`,
    cMapUrl: `${FILES}/cmaps/`,
    standardFontDataUrl: `${FILES}/standard_fonts/`,
  }).promise;
  const { width, height } = (await document.getPage(1)).getViewport({ scale: 1 });
  return { document, ratio: height / width };
}

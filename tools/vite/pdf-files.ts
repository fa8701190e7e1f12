import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Plugin } from 'vite';

const FROM = join(import.meta.dirname, '..', '..', 'node_modules', 'pdfjs-dist');

/**
 * What pdf.js asks for by name when a document needs it: tables of Asian characters, the letters that every PDF may count on,
 * and its readers of rare picture formats. The WebAssembly ones are left out, because our pages allow none.
 */
const wanted: Readonly<Record<string, (name: string) => boolean>> = {
  cmaps: (name) => name.endsWith('.bcmap'),
  standard_fonts: (name) => /[.](pfb|ttf)$/.test(name),
  wasm: (name) => name.endsWith('_nowasm_fallback.js'),
};

const filesOf = (folder: string): string[] =>
  readdirSync(join(FROM, folder)).filter((name) => wanted[folder]?.(name));

/** Puts them at `/pdfjs/…`, in the build and while developing. */
export const pdfFiles = (): Plugin => ({
  name: 'pdf-files',
  configureServer(server) {
    server.middlewares.use('/pdfjs', (request, response, next) => {
      const [folder = '', name = ''] = (request.url ?? '').split(/[?]/, 1)[0]?.split('/').slice(1) ?? [];
      if (!wanted[folder]?.(name) || !filesOf(folder).includes(basename(name))) next();
      else response.end(readFileSync(join(FROM, folder, name)));
    });
  },
  generateBundle() {
    if (this.environment.name !== 'client') return;
    for (const folder of Object.keys(wanted))
      for (const name of filesOf(folder))
        this.emitFile({
          type: 'asset',
          fileName: `pdfjs/${folder}/${name}`,
          source: readFileSync(join(FROM, folder, name)),
        });
  },
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const C_MAPS = join(import.meta.dirname, 'node_modules', 'pdfjs-dist', 'cmaps');

/** The tables of Asian characters, which pdf.js asks for by name. */
const cMaps = (): Plugin => ({
  name: 'c-maps',
  generateBundle() {
    for (const name of readdirSync(C_MAPS).filter((file) => file.endsWith('.bcmap')))
      this.emitFile({ type: 'asset', fileName: `cmaps/${name}`, source: readFileSync(join(C_MAPS, name)) });
  },
});

/** The process that reads PDFs, as one file beside the server: so it can be kept away from all other files. */
export default defineConfig({
  plugins: [cMaps()],
  publicDir: false,
  build: {
    ssr: 'src/features/enrichment/server/pdf.child.ts',
    outDir: 'build/server',
    target: 'node24',
    emptyOutDir: false,
    minify: false,
    rolldownOptions: { output: { entryFileNames: 'pdf.child.js', codeSplitting: false } },
  },
  ssr: { noExternal: true },
});

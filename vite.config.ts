import { paraglideVitePlugin } from '@inlang/paraglide-js';
import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import { frame } from './tools/vite/frame.ts';
import { keptPlurals } from './tools/vite/kept-plurals.ts';
import { pdfFiles } from './tools/vite/pdf-files.ts';

export default defineConfig({
  // The list of what each of 53 pages needs was 2.6 kB of every first page, to save one round trip within the house.
  build: { modulePreload: { resolveDependencies: () => [] } },
  environments: {
    client: {
      build: {
        rolldownOptions: {
          preserveEntrySignatures: 'allow-extension',
          output: {
            // Without what the parts import themselves: Kit's client would run before it knew its version.
            codeSplitting: { includeDependenciesRecursively: false, groups: [frame] },
          },
        },
      },
    },
  },
  plugins: [
    tailwindcss(),
    pdfFiles(),
    paraglideVitePlugin({
      project: './project.inlang',
      outdir: './src/i18n',
      strategy: ['cookie', 'preferredLanguage', 'baseLocale'],
      emitTsDeclarations: true,
    }),
    keptPlurals(),
    sveltekit({
      adapter: adapter({ out: 'build/pages', precompress: true }),
      csp: {
        mode: 'auto',
        directives: {
          'default-src': ['self'],
          'script-src': ['self'],
          // Svelte writes style attributes for widths of bars and the like; nothing else needs this.
          'style-src': ['self', 'unsafe-inline'],
          'img-src': ['self', 'data:'],
          'object-src': ['none'],
          'base-uri': ['self'],
          'form-action': ['self'],
          'frame-ancestors': ['none'],
        },
      },
    }),
  ],
});

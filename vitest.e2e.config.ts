import { defineConfig } from 'vitest/config';

/** Journeys in a real browser, one file after the other: two cores are busy enough with one program and one browser. */
export default defineConfig({
  test: {
    include: ['tests/e2e/**/*.e2e.ts'],
    env: { TZ: 'UTC' },
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'tools/**/*.test.ts'],
    env: { TZ: 'UTC' },
    globalSetup: ['./tests/support/database.setup.ts'],
  },
});

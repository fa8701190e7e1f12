import { defineConfig } from 'drizzle-kit';

/** Used by `node tools/migrations.ts`, which never connects anywhere. */
export default defineConfig({
  dialect: 'postgresql',
  schema: ['./src/features/*/server/**/*tables.ts', './src/server/platform/**/*tables.ts'],
  out: './migrations',
});

import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** One wrong import for each rule, planted in a copy of the source: a check that cannot fail would be no check. */
const planted: readonly (readonly [rule: string, file: string, code: string])[] = [
  [
    'core-is-pure',
    'features/library/core/a1.ts',
    "import { readFile } from 'node:fs/promises'; export const a = readFile;",
  ],
  ['core-is-pure', 'features/library/core/a2.ts', "import { z } from 'zod'; export const a = z;"],
  ['core-is-pure', 'core/a3.ts', "import type { Db } from '#server/platform/db.ts'; export type A = Db;"],
  [
    'features-meet-through-core-or-the-front-door',
    'features/cleanup/server/b1.ts',
    "import { createConnectionStore } from '#features/connections/server/store.ts'; export const a = createConnectionStore;",
  ],
  [
    'server-has-no-ui',
    'features/cleanup/server/b2.ts',
    "import { formatBytes } from '#ui/format.ts'; export const a = formatBytes;",
  ],
  [
    'platform-knows-no-feature',
    'server/platform/c1.ts',
    "import type { Item } from '#features/library/core/item.ts'; export type A = Item;",
  ],
  [
    'adapters-stand-alone',
    'server/adapters/sonarr/d1.ts',
    "import { createRadarrProber } from '../radarr/probe.ts'; export const a = createRadarrProber;",
  ],
  [
    'adapters-stand-alone',
    'server/adapters/sonarr/d2.ts',
    "import { createLibraryService } from '#features/library/server/service.ts'; export const a = createLibraryService;",
  ],
  [
    'only-main-picks-adapters',
    'features/library/server/e1.ts',
    "import { createRadarrProber } from '#server/adapters/radarr/probe.ts'; export const a = createRadarrProber;",
  ],
  [
    'only-main-picks-adapters',
    'server/compose/e2.ts',
    "import { createRadarrProber } from '../adapters/radarr/probe.ts'; export const a = createRadarrProber;",
  ],
  [
    'only-main-picks-sources',
    'server/compose/e3.ts',
    "import { createPlugins } from '../sources/registry.ts'; export const a = createPlugins;",
  ],
  [
    'only-main-composes',
    'server/e4.ts',
    "import { composeLibrary } from './compose/library.ts'; export const a = composeLibrary;",
  ],
  [
    'compositions-meet-in-main',
    'server/compose/e5.ts',
    "import { composeLibrary } from './library.ts'; export const a = composeLibrary;",
  ],
  [
    'parts-meet-in-main',
    'server/e6.ts',
    "import { createLibraryService } from '#features/library/server/index.ts'; export const a = createLibraryService;",
  ],
  [
    'routes-are-thin',
    'routes/f1.ts',
    "import { createLibraryReader } from '#features/library/server/store.ts'; export const a = createLibraryReader;",
  ],
  [
    'ui-has-no-server',
    'features/accounts/ui/G1.svelte',
    '<script lang="ts">import { roleSchema } from \'../server/schemas.ts\'; console.log(roleSchema)</script>',
  ],
  [
    'sql-stays-in-stores',
    'features/library/server/h1.ts',
    "import { eq } from 'drizzle-orm'; export const a = eq;",
  ],
  [
    'one-owner-for-the-queue-library',
    'features/library/server/i1.ts',
    "import { PgBoss } from 'pg-boss'; export const a = PgBoss;",
  ],
  [
    'one-owner-for-the-accounts-library',
    'features/library/server/i2.ts',
    "import { betterAuth } from 'better-auth'; export const a = betterAuth;",
  ],
  [
    'no-test-code-in-production',
    'features/library/server/j1.ts',
    "import { aFilm } from '#features/cleanup/core/build.fake.ts'; export const a = aFilm;",
  ],
  [
    'no-test-packages-in-production',
    'features/library/server/k1.ts',
    "import { expect } from 'vitest'; export const a = expect;",
  ],
  ['no-dead-ends', 'features/library/server/l1.ts', "import { a } from './nowhere.ts'; export const b = a;"],
  ['no-cycles', 'features/library/core/m1.ts', "import { b } from './m2.ts'; export const a = () => b;"],
  [
    'every-feature-is-on-the-ladder',
    'features/library/core/n1.ts',
    "import { a } from '#features/elsewhere/core/o1.ts'; export const b = a;",
  ],
  [
    'ladder-library',
    'features/library/core/p1.ts',
    "import type { Policy } from '#features/cleanup/core/policy/policy.ts'; export type A = Policy;",
  ],
  [
    'ladder-accounts',
    'features/accounts/core/p2.ts',
    "import type { Item } from '#features/library/core/item.ts'; export type A = Item;",
  ],
];
const alsoNeeded: readonly (readonly [file: string, code: string])[] = [
  ['features/library/core/m2.ts', "import { a } from './m1.ts'; export const b = () => a;"],
  ['features/elsewhere/core/o1.ts', 'export const a = 1;'],
];

const root = join(import.meta.dirname, '..');
let copy: string;
let found: string;

beforeAll(async () => {
  copy = mkdtempSync(join(tmpdir(), 'keepercheky-rules-'));
  for (const file of ['src', 'package.json', 'tsconfig.json', '.dependency-cruiser.mjs']) {
    cpSync(join(root, file), join(copy, file), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  for (const [file, code] of [...planted.map(([, path, text]) => [path, text] as const), ...alsoNeeded]) {
    mkdirSync(dirname(join(copy, 'src', file)), { recursive: true });
    writeFileSync(join(copy, 'src', file), code);
  }
  const tool = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  found = await new Promise<string>((resolve) => {
    execFile(
      process.execPath,
      [tool, 'src', '--config', '.dependency-cruiser.mjs', '-T', 'err'],
      { cwd: copy, maxBuffer: 10_000_000 },
      (_error, output) => resolve(output),
    );
  });
}, 120_000);
afterAll(() => rmSync(copy, { recursive: true }));

test.each(planted)('%s stops %s', (rule, file) => {
  expect(found).toMatch(new RegExp(`${rule}: src/${file.replaceAll(/[.[\]]/g, '\\$&')} `));
});

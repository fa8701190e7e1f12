/**
 * Files that are made from the code and committed, so that a review shows what changed: `npm run generate` writes them,
 * `--check` (a gate) fails when one is not what the code says.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { describeConfig, envExample } from './generate/configuration.ts';
import { describeApi } from './generate/openapi.ts';

const root = join(import.meta.dirname, '..');
const checking = process.argv.includes('--check');

const files: Record<string, () => Promise<string> | string> = {
  'docs/guide/configuration.md': async () =>
    format(describeConfig(), { parser: 'markdown', printWidth: 110 }),
  '.env.example': envExample,
  'openapi.json': describeApi,
};

function currentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

// First, because the program is started to describe its API, and starts on the tables it knows.
execFileSync(process.execPath, ['tools/migrations.ts', checking ? 'check' : 'generate'], {
  cwd: root,
  stdio: 'inherit',
});

const stale: string[] = [];
for (const [name, make] of Object.entries(files)) {
  const path = join(root, name);
  const wanted = await make();
  if (currentOf(path) === wanted) continue;
  stale.push(name);
  if (!checking) writeFileSync(path, wanted);
}

if (checking && stale.length > 0) {
  console.error(`Not what the code says any more: ${stale.join(', ')}. Run: npm run generate`);
  process.exit(1);
}
console.log(stale.length > 0 ? `written: ${stale.join(', ')}` : 'everything is as the code says');
process.exit(0);

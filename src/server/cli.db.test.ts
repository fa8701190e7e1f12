import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { aShelf, minute } from '#features/archive/server/reading/shelf.fake.ts';
import { posts } from '#features/archive/server/posts.tables.ts';
import { openTestDatabase, type TestDatabase } from '../../tests/support/database.ts';

vi.setConfig({ testTimeout: 60_000 });

const CLI = join(import.meta.dirname, 'cli.ts');
const data = mkdtempSync(join(tmpdir(), 'keepercheky-cli-'));

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(async () => {
  await database.close();
  rmSync(data, { recursive: true, force: true });
});

async function run(...typed: string[]) {
  const child = spawn(process.execPath, [CLI, ...typed, '--data', data], {
    env: { DATABASE_URL: database.url },
  });
  const [said, complained] = [text(child.stdout), text(child.stderr)];
  const [code] = (await once(child, 'exit')) as [number | null];
  return { code, said: await said, complained: await complained };
}

test('archive replay shows what a better parser makes of the answers, and says what it could not read', async () => {
  const shelf = aShelf(database.db);
  await shelf.source({ plugin: 'folder' });
  await shelf.creator();
  const raw = {
    path: 'Ana/2026-03-01 Lamp.md',
    text: '# The lamp\n\nIt is lit.',
    modifiedAt: minute(0).toISOString(),
  };
  await shelf.post({ id: 'good', externalId: raw.path, title: 'An old reading', parserVersion: 1 });
  await shelf.revision('good', { id: 'r1', raw });
  await shelf.post({ id: 'bad', externalId: 'Ana/odd.md' });
  await shelf.revision('bad', { id: 'r2', raw: { shape: 'of another time' } });

  const { code, said, complained } = await run('archive', 'replay');
  expect({ code, complained }).toEqual({ code: 0, complained: '' });
  expect(said).toContain('folder (parser 1): 2 posts read anew, 1 shown otherwise than before');
  expect(said).toContain('1 post could not be read');
  expect(said).toContain('Ana/odd.md: no path or no date');
  const shown = await database.db.select().from(posts).orderBy(posts.id);
  expect(shown.map(({ title }) => title)).toEqual(['Post bad', 'The lamp']);
});

test('a command that is none is refused, with those that there are', async () => {
  const { code, complained } = await run('archive', 'reply');
  expect(code).toBe(1);
  expect(complained).toContain('There is no command "archive reply"');
  expect(complained).toContain('archive replay');
});

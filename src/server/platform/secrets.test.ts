import { chmod, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSecrets, loadSecretKey } from './secrets.ts';

const key = Buffer.alloc(32, 7);
let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'secrets-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

test('opens what it sealed, and two seals of one text differ', () => {
  const secrets = createSecrets(key);
  const [first, second] = [secrets.seal('contraseña'), secrets.seal('contraseña')];
  expect(first).not.toBe(second);
  expect(first).toMatch(/^v1\.[\w-]+$/);
  expect(secrets.open(first)).toEqual({ ok: true, value: 'contraseña' });
});

test('does not open what another key sealed, what was sealed for another purpose, or what was changed', () => {
  const sealed = createSecrets(key).seal('abc');
  const wrong = { ok: false, error: { code: 'secret.wrong-key' } };
  expect(createSecrets(Buffer.alloc(32, 8)).open(sealed)).toEqual(wrong);
  expect(createSecrets(key, 'notifications').open(sealed)).toEqual(wrong);
  const bytes = Buffer.from(sealed.slice(3), 'base64url');
  bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
  expect(createSecrets(key).open(`v1.${bytes.toString('base64url')}`)).toEqual(wrong);
});

test.each(['', 'abc', 'v2.AAAA', 'v1.AAAA', 'v1.AAAA.BBBB'])('says that %j was never sealed', (text) => {
  expect(createSecrets(key).open(text)).toEqual({ ok: false, error: { code: 'secret.not-readable' } });
});

test('the first start makes a key that only its owner can read, the second uses it', async () => {
  const nested = join(dataDir, 'data');
  const [first, alongside] = await Promise.all([
    loadSecretKey({ secret: undefined, dataDir: nested }),
    loadSecretKey({ secret: undefined, dataDir: nested }),
  ]);
  const second = await loadSecretKey({ secret: undefined, dataDir: nested });
  expect(second.equals(first) && second.equals(alongside)).toBe(true);
  expect((await stat(join(nested, 'secret.key'))).mode & 0o777).toBe(0o600);
  expect(await readFile(join(nested, 'secret.key'), 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
});

test('a configured secret makes no file and always gives the same key', async () => {
  const secret = 'a long secret that somebody typed';
  const first = await loadSecretKey({ secret, dataDir });
  expect(first).toHaveLength(32);
  expect((await loadSecretKey({ secret, dataDir })).equals(first)).toBe(true);
  await expect(stat(join(dataDir, 'secret.key'))).rejects.toThrow();
});

test('a key file that others can read is refused', async () => {
  await loadSecretKey({ secret: undefined, dataDir });
  await chmod(join(dataDir, 'secret.key'), 0o640);
  await expect(loadSecretKey({ secret: undefined, dataDir })).rejects.toThrow('can be read by others');
});

test('a key file that holds something else, or is a link, is refused and not replaced', async () => {
  await writeFile(join(dataDir, 'secret.key'), 'hello', { mode: 0o600 });
  await expect(loadSecretKey({ secret: undefined, dataDir })).rejects.toThrow('does not hold a key');
  await rm(join(dataDir, 'secret.key'));
  await symlink('/dev/zero', join(dataDir, 'secret.key'));
  await expect(loadSecretKey({ secret: undefined, dataDir })).rejects.toThrow();
});

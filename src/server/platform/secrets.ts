import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { link, mkdir, open, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok, type Result } from '#core/result.ts';

export type SecretProblem =
  /** Not something that `seal` made. */
  | { code: 'secret.not-readable' }
  /** Sealed with another key, for another purpose, or changed since. */
  | { code: 'secret.wrong-key' };

export type Secrets = {
  seal(text: string): string;
  open(sealed: string): Result<string, SecretProblem>;
};

const VERSION = 'v1';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM with a fresh nonce per value. The purpose is authenticated with it, so that a value that was moved to
 * another column does not open there. The text form is `v1.<nonce, tag and cipher text in base64url>`.
 */
export function createSecrets(key: Buffer, purpose = 'connections'): Secrets {
  if (key.length !== KEY_BYTES) throw new Error(`A secret key has ${KEY_BYTES} bytes, not ${key.length}`);
  const associated = Buffer.from(`keepercheky.${VERSION}.${purpose}`);

  return {
    seal(text) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(associated);
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return `${VERSION}.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')}`;
    },

    open(sealed) {
      const [version, body, ...rest] = sealed.split('.');
      const bytes = Buffer.from(body ?? '', 'base64url');
      if (version !== VERSION || rest.length > 0 || bytes.length < NONCE_BYTES + TAG_BYTES) {
        return err({ code: 'secret.not-readable' });
      }
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(associated);
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      try {
        const text = Buffer.concat([
          decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)),
          decipher.final(),
        ]);
        return ok(text.toString('utf8'));
      } catch {
        return err({ code: 'secret.wrong-key' });
      }
    },
  };
}

/** A key of the right length out of what a person typed. Long random text in, so no slow hash is needed. */
const keyFrom = (text: string): Buffer =>
  Buffer.from(hkdfSync('sha256', text, 'keepercheky', 'secret key', KEY_BYTES));

/**
 * The key that everything is sealed with: from the configuration, else from a file in the data folder that only its
 * owner can read, made at the first start. A file that others can read is refused, because then it is no secret.
 */
export async function loadSecretKey({
  secret,
  dataDir,
}: {
  secret: string | undefined;
  dataDir: string;
}): Promise<Buffer> {
  if (secret !== undefined) return keyFrom(secret);
  const path = join(dataDir, 'secret.key');
  const known = await readKeyFile(path);
  if (known) return known;
  await makeKeyFile(dataDir, path);
  const made = await readKeyFile(path);
  if (!made) throw new Error(`${path} disappeared while it was being read`);
  return made;
}

async function readKeyFile(path: string): Promise<Buffer | null> {
  // Not through a link: whoever could plant one could choose the key.
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch((error: unknown) => {
    if (isCode(error, 'ENOENT')) return null;
    throw error;
  });
  if (!file) return null;
  try {
    const { mode } = await file.stat();
    if ((mode & 0o077) !== 0)
      throw new Error(`${path} can be read by others. Allow only its owner: chmod 600 ${path}`);
    const key = Buffer.from((await file.readFile('utf8')).trim(), 'hex');
    if (key.length !== KEY_BYTES)
      throw new Error(`${path} does not hold a key of ${KEY_BYTES * 2} hexadecimal digits`);
    return key;
  } finally {
    await file.close();
  }
}

/** Whole or not at all: two processes may start in the same moment, and the first to link its file wins. */
async function makeKeyFile(dataDir: string, path: string): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, `${randomBytes(KEY_BYTES).toString('hex')}\n`, {
    mode: 0o600,
    flag: 'wx',
    flush: true,
  });
  try {
    await link(draft, path);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    await unlink(draft);
  }
}

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

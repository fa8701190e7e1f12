import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format } from 'prettier';
import { startApp } from '#server/main.ts';
import { parseConfig } from '#server/platform/config.ts';
import { openLog } from '#server/platform/log.ts';

/** Starts the real program in a folder that is thrown away and asks it, so that the file cannot say something else. */
export async function describeApi(): Promise<string> {
  const root = join(import.meta.dirname, '..', '..');
  const data = mkdtempSync(join(tmpdir(), 'keepercheky-openapi-'));
  const { log } = await openLog({ level: 'error', folder: null, console: process.stderr });
  const config = parseConfig({ DATA_DIR: data });
  const app = await startApp({ config, log, version: '0', migrations: join(root, 'migrations') });
  try {
    const answer = await app.openApi();
    return await format(await answer.text(), { parser: 'json', printWidth: 110 });
  } finally {
    await app.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

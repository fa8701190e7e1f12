import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createEngine } from './engine.ts';
import { createModelServer } from './server.ts';

export const KEY = 'sk-a-key-of-the-house';

/** Whether the runtime is there: `npm run local-models` installs it. */
export const isInstalled = existsSync(
  join(import.meta.dirname, 'node_modules', '@huggingface', 'transformers'),
);
export const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;

/** The real server over a folder of models, on a port of its own. */
export async function openModelServer(folder: string, { idleMs = 60_000, key = KEY } = {}) {
  const engine = createEngine({ idleMs, threads: 2 });
  const reports: string[] = [];
  const report = (text: string): void => void reports.push(text);
  const server = createModelServer({ folder, key, engine, report });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    engine,
    reports,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await engine.close();
    },
  };
}

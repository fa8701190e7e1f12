/** `npm run local-models -- --models <folder>`: models from a folder, for KeeperCheky's Settings → Models. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { createEngine } from './engine.ts';
import { modelsIn, type FoundModel } from './folder.ts';
import { createModelServer } from './server.ts';

/** Long enough for the pause between two searches of one evening. */
const IDLE_MS = 10 * 60_000;

const { values } = parseArgs({
  options: {
    models: { type: 'string', default: 'data/models' },
    port: { type: 'string', default: '4748' },
    host: { type: 'string', default: '127.0.0.1' },
    threads: { type: 'string', default: '2' },
    key: { type: 'string' },
  },
});
const say = (text: string): void => void process.stdout.write(`${text}\n`);

await mkdir(values.models, { recursive: true });
const engine = createEngine({ idleMs: IDLE_MS, threads: Number(values.threads) });
const report = (text: string): void => void process.stderr.write(`${text}\n`);
const server = createModelServer({ folder: values.models, key: values.key ?? null, engine, report });
server.listen(Number(values.port), values.host);
await once(server, 'listening');
const address = server.address();
const port = typeof address === 'object' ? address?.port : null;
say(`Local models answer at http://${values.host}:${String(port)}/v1`);
const found = await modelsIn(values.models);
const namesOf = (does: FoundModel['does']): string =>
  found.flatMap((model) => (model.does === does ? [model.name] : [])).join(', ') || 'none';
say(
  found.length > 0
    ? `Models that embed: ${namesOf('embed')}. Models that listen: ${namesOf('listen')}.`
    : `No whole model lies in ${values.models} yet.`,
);
if (spawnSync('ffmpeg', ['-version']).error)
  say('ffmpeg is not installed: sound cannot be opened before it is.');

const stop = (): void => {
  server.close();
  server.closeAllConnections();
  void engine.close();
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);

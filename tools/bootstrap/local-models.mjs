// `npm run local-models`: installs the runtime for models of one's own (300 MB, only when somebody asks for it), then starts it.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, handOver, root, say, stop } from './setup.mjs';

const folder = join(root, 'local-models');
const stamp = join(folder, 'node_modules', '.keepercheky-installed');
const lock = readFileSync(join(folder, 'package-lock.json'), 'utf8');

ensureInstalled();
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  say('Installing the runtime for local models (about 330 MB, only this once)…');
  // The processor is enough: what the package would fetch for graphics cards does not come from the npm registry.
  const env = { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' };
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status } = spawnSync('npm', args, { cwd: folder, stdio: 'inherit', env });
  if (status !== 0) stop('npm ci in local-models failed');
  writeFileSync(stamp, lock);
}
handOver('local-models/serve.ts', process.argv.slice(2), {}, ['--no-warnings']);

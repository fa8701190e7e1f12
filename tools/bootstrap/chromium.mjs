// Finds a Chromium for the browser tests, or installs Debian's, or says how.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { say, stop } from './setup.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const HOW = 'apt-get install -y chromium';

export function ensureChromium() {
  const found = findChromium();
  if (found) return found;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !existsSync('/usr/bin/apt-get')) {
    stop(
      `The browser tests need Chromium. Install it and run this again:\n\n  sudo ${HOW}\n\nor say where one is with CHROMIUM_PATH=/path/to/chromium.`,
    );
  }
  say('Installing Chromium for the browser tests…');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [
    ['update'],
    ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'],
  ]) {
    const { status } = spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env });
    if (status !== 0) stop(`apt-get ${args.join(' ')} failed. Install Chromium by hand: ${HOW}`);
  }
  return findChromium() ?? stop(`Chromium was installed and still cannot be found. Set CHROMIUM_PATH.`);
}

function findChromium() {
  const given = process.env.CHROMIUM_PATH;
  if (given) return isProgram(given) ? given : stop(`CHROMIUM_PATH names ${given}, which is not a program.`);
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isProgram);
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

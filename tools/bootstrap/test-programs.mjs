// Finds the programs that the tests use, or installs Debian's, or says how.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { say, stop } from './setup.mjs';

/** What it is for, how the program may be called, and the packages that bring it. */
const wanted = [
  {
    what: 'Chromium',
    names: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'],
    packages: ['chromium', 'fonts-dejavu-core'],
    given: 'CHROMIUM_PATH',
  },
  { what: 'ffmpeg', names: ['ffmpeg'], packages: ['ffmpeg'] },
  { what: 'espeak-ng', names: ['espeak-ng'], packages: ['espeak-ng'] },
];

/** Gives the path of Chromium. */
export function ensureTestPrograms() {
  const missing = wanted.filter((program) => !find(program));
  if (missing.length > 0) install(missing);
  for (const program of missing)
    if (!find(program)) stop(`${program.what} was installed and still cannot be found.`);
  return find(wanted[0]);
}

function install(missing) {
  const names = missing.map(({ what }) => what).join(', ');
  const packages = missing.flatMap((program) => program.packages);
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !existsSync('/usr/bin/apt-get')) {
    stop(
      `The tests need ${names}. Install what is missing and run this again:\n\n  sudo apt-get install -y ${packages.join(' ')}\n\nA Chromium elsewhere is named with CHROMIUM_PATH=/path/to/chromium.`,
    );
  }
  say(`Installing ${names} for the tests…`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    const { status } = spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env });
    if (status !== 0) stop(`apt-get ${args.join(' ')} failed. Install by hand: ${packages.join(' ')}`);
  }
}

function find({ names, given }) {
  const named = given && process.env[given];
  if (named) return isProgram(named) ? named : stop(`${given} names ${named}, which is not a program.`);
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

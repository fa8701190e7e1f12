// Runs before anything is installed, on whatever Node the machine has: plain JavaScript, no packages.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
/** The Node that the project pins, from the npm package `node`. */
export const pinnedNode = join(
  root,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

const OLDEST_NODE = 20;
const installStamp = join(root, 'node_modules', '.keepercheky-installed');
const buildStamp = join(root, 'build', '.built-from');
const builtFrom = [
  'src',
  'messages',
  'static',
  'project.inlang/settings.json',
  'package-lock.json',
  'vite.config.ts',
  'vite.server.config.ts',
  'vite.pdf.config.ts',
];

export function say(text) {
  process.stdout.write(`${text}\n`);
}

export function stop(text) {
  process.stderr.write(`${text}\n`);
  process.exit(1);
}

function run(command, args, env = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  if (error) stop(`${command} could not be started: ${error.message}`);
  if (status !== 0) stop(`${[command, ...args].join(' ')} failed`);
}

/** Installs when the lock file is not the one that was installed last. */
export function ensureInstalled() {
  if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE)
    stop(`Node ${OLDEST_NODE} or newer is needed; this is ${process.version}.`);
  const lock = hashOf(['package-lock.json', 'package.json']);
  if (existsSync(pinnedNode) && existsSync(installStamp) && readFileSync(installStamp, 'utf8') === lock)
    return;
  say('Installing what is needed (about a minute, only this once)…');
  // Development packages are part of it: the program is built here. An inherited NODE_ENV would leave them out.
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--include=dev'], { NODE_ENV: '' });
  if (!existsSync(pinnedNode))
    stop(
      'The npm package "node" was installed without its program. If npm is set to ignore scripts, allow them for this folder and run again.',
    );
  writeFileSync(installStamp, lock);
}

/** Builds when any file that goes into the build has changed since the last one. */
export function ensureBuilt() {
  const sources = hashOf(builtFrom);
  if (existsSync(buildStamp) && readFileSync(buildStamp, 'utf8') === sources) return;
  say('Building (less than a minute, only when something changed)…');
  const quiet = ['--logLevel', 'warn'];
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  for (const config of ['vite.config.ts', 'vite.server.config.ts', 'vite.pdf.config.ts'])
    run(pinnedNode, [vite, 'build', '--config', config, ...quiet], { NODE_ENV: 'production' });
  mkdirSync(dirname(buildStamp), { recursive: true });
  writeFileSync(buildStamp, sources);
}

function hashOf(paths) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap((path) => filesIn(path)))
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)))
      .update('\0');
  return hash.digest('hex');
}

function filesIn(path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  let names;
  try {
    names = readdirSync(full, { withFileTypes: true });
  } catch {
    return [path];
  }
  return names
    .filter((entry) => !(path === 'src' && entry.name === 'i18n') && !/[.](test|fake)[.]ts$/.test(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => filesIn(`${path}/${entry.name}`));
}

/** Hands over to the pinned Node: same terminal, and every signal goes on, so that nothing is left behind. */
export function handOver(file, args, env = {}, flags = []) {
  const child = spawn(pinnedNode, [...flags, file, ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'])
    process.on(signal, () => child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal));
  child.on('error', (error) => stop(`The program could not be started: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

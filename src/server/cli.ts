import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { rebuildSearch, replayArchive } from './commands.ts';
import { runProgram, type Command } from './program.ts';
import { parseConfig, secretNames } from './platform/config.ts';
import { keepHeapSmall } from './platform/small-heap.ts';

keepHeapSmall();

/** In the source this file is two folders below the project, and so is the bundle (build/server/cli.js). */
const root = join(import.meta.dirname, '..', '..');

const HELP = `KeeperCheky

  npm start -- [--port 4747] [--host 0.0.0.0] [--data ./data]
  npm start -- archive replay [--data ./data]   derive what the archive shows from its raw answers again
  npm start -- search rebuild [--data ./data]   make the search index anew from everything that is stored

Everything can also be set by environment variables: see docs/guide/configuration.md.
`;

const options = {
  port: { type: 'string' },
  host: { type: 'string' },
  data: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** What is typed wins over the environment; NAME_FILE stands for the content of a file. */
function settingsFrom(env: NodeJS.ProcessEnv, typed: { port?: string; host?: string; data?: string }) {
  const settings: Record<string, string | undefined> = { ...env };
  for (const name of secretNames) {
    const file = env[`${name}_FILE`];
    if (file) settings[name] ??= readFileSync(file, 'utf8').trim();
  }
  if (typed.port !== undefined) settings['PORT'] = typed.port;
  if (typed.host !== undefined) settings['HOST'] = typed.host;
  if (typed.data !== undefined) settings['DATA_DIR'] = typed.data;
  return settings;
}

function fail(problem: unknown): never {
  process.stderr.write(`${problem instanceof Error ? problem.message : String(problem)}\n`);
  process.exit(1);
}

const commands: Readonly<Record<string, (command: Command) => Promise<void>>> = {
  '': runProgram,
  'archive replay': replayArchive,
  'search rebuild': rebuildSearch,
};

try {
  const { values, positionals } = parseArgs({ options, strict: true, allowPositionals: true });
  const command = commands[positionals.join(' ')];
  if (values.help) process.stdout.write(HELP);
  else if (!command) throw new Error(`There is no command "${positionals.join(' ')}".\n\n${HELP}`);
  else {
    const config = parseConfig(settingsFrom(process.env, values));
    mkdirSync(config.DATA_DIR, { recursive: true });
    await command({ config, root });
  }
} catch (problem) {
  fail(problem);
}

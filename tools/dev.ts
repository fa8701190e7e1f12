/**
 * `npm run dev`: the source as it is, watched, with simulated services and a household that lasts while this runs.
 * `/dev/as/demo`, `/dev/as/lucia` and `/dev/as/abuela` sign in without a password.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { patreonAt, patreonHint, settleIn, startDemoHouse } from './house/demo-house.ts';
import { people } from './house/move-in.ts';

const root = join(import.meta.dirname, '..');
const data = join(root, 'data', 'dev');
const port = process.env['PORT'] ?? '4747';
const address = `http://localhost:${port}`;

rmSync(data, { recursive: true, force: true });
mkdirSync(data, { recursive: true });
const house = await startDemoHouse();
const watched = ['src/server', 'src/features', 'src/core'].filter((folder) => existsSync(join(root, folder)));
const program = spawn(
  process.execPath,
  [...watched.map((folder) => `--watch-path=${folder}`), '--watch-preserve-output', 'tools/dev/serve.ts'],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PORT: port, DATA_DIR: data, NODE_ENV: 'development', ...patreonAt(house) },
  },
);

async function untilReady(): Promise<void> {
  while (
    !(await fetch(`${address}/health`).then(
      (answer) => answer.ok,
      () => false,
    ))
  ) {
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  program.kill('SIGTERM');
  await house.close();
}
process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
program.on('exit', (code) => process.exit(code ?? 0));

await untilReady();
await settleIn(address, house, data);
console.log(
  `\n${address}/dev/as/${people.admin.username} signs you in; so do the other people: ${Object.values(people)
    .map((person) => person.username)
    .join(', ')}`,
);
console.log(patreonHint(house));

/** `npm run demo`: the built program against simulated services with a believable household, ready to click. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { patreonAt, patreonHint, settleIn, startDemoHouse } from './house/demo-house.ts';
import { people } from './house/move-in.ts';
import { startBuilt } from './house/program.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4747' },
    host: { type: 'string', default: '0.0.0.0' },
    films: { type: 'string', default: '400' },
    series: { type: 'string', default: '60' },
    /** The first of twelve ports for the simulated services; free ones when left out. */
    'services-port': { type: 'string' },
  },
});

const data = mkdtempSync(join(tmpdir(), 'keepercheky-demo-'));
const house = await startDemoHouse({
  films: Number(values.films),
  series: Number(values.series),
  ...(values['services-port'] === undefined ? {} : { portBase: Number(values['services-port']) }),
});
console.log('Starting the program and reading the simulated household…');
const program = await startBuilt({
  data,
  port: Number(values.port),
  host: values.host,
  env: patreonAt(house),
});

// From here on the program has to be ended with this one, also when it is stopped or fails while it moves in.
let stopping = false;
async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  await program.stop();
  await house.close();
  rmSync(data, { recursive: true, force: true });
  process.exit(code);
}
process.on('SIGTERM', () => void stop(0));
process.on('SIGINT', () => void stop(0));

try {
  await settleIn(program.address, house, data);
  console.log(
    `\nOpen ${program.address} and sign in as ${people.admin.username} with the password ${people.admin.password}`,
  );
  console.log(patreonHint(house));
  console.log('Stop it with Ctrl+C; nothing is kept.');
} catch (problem) {
  console.error(problem);
  await stop(1);
}

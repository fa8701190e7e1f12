/** `npm run demo`: the built program against simulated services with a believable household, ready to click. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { moveIn, people } from './house/move-in.ts';
import { startBuilt } from './house/program.ts';
import { makePolicies } from './house/policies.ts';
import { seedHousehold } from './seed.ts';
import { startHousehold } from './simulators/start.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4747' },
    host: { type: 'string', default: '0.0.0.0' },
    films: { type: 'string', default: '400' },
    series: { type: 'string', default: '60' },
    /** The first of six ports for the simulated services; free ones when left out. */
    'services-port': { type: 'string' },
  },
});

const data = mkdtempSync(join(tmpdir(), 'keepercheky-demo-'));
const household = seedHousehold({ films: Number(values.films), series: Number(values.series) });
const services = await startHousehold(household, {
  ...(values['services-port'] === undefined ? {} : { portBase: Number(values['services-port']) }),
});
console.log('Starting the program and reading the simulated household…');
const program = await startBuilt({ data, port: Number(values.port), host: values.host });
const { api } = await moveIn(program.address, services);
await makePolicies(api);

console.log(
  `\nOpen ${program.address} and sign in as ${people.admin.username} with the password ${people.admin.password}`,
);
console.log('Stop it with Ctrl+C; nothing is kept.');

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await program.stop();
  await services.close();
  rmSync(data, { recursive: true, force: true });
  process.exit(0);
}
process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());

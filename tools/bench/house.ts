import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { moveIn, syncNow, type Services } from '../house/move-in.ts';
import { startBuilt } from '../house/program.ts';
import { fillUp } from './fill.ts';
import { pssOf } from './memory.ts';
import { quantile, timed, type Measurement } from './measurement.ts';

export type HouseSize = { films: number; series: number; users: number };

const IDLE_AFTER_MS = 20_000;
const PAGES = 100;
const WARM_UP = 20;
const ITEMS = 50_000;

/** The simulators in a process of their own, so that their memory and their work are not ours. */
async function openServices({
  films,
  series,
  users,
}: HouseSize): Promise<{ services: Services; close: () => void }> {
  const child = spawn(
    process.execPath,
    [
      'tools/simulators/start.ts',
      '--films',
      String(films),
      '--series',
      String(series),
      '--users',
      String(users),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let said = '';
  const services = await new Promise<Services>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('\n')) resolve(JSON.parse(said) as Services);
    });
    child.once('exit', () => reject(new Error(`the simulators ended: ${said}`)));
  });
  return { services, close: () => child.kill() };
}

const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Highest PSS of the program while something goes on, asked twice a second. */
async function peakDuring(pid: number, work: () => Promise<unknown>): Promise<number> {
  let peak = 0;
  const timer = setInterval(() => (peak = Math.max(peak, pssOf(pid))), 500);
  await work();
  clearInterval(timer);
  return Math.max(peak, pssOf(pid));
}

async function readPages(address: string, cookie: string, paths: readonly string[]): Promise<number[]> {
  const times: number[] = [];
  for (let index = -WARM_UP; index < PAGES; index += 1) {
    const path = paths[(index + WARM_UP) % paths.length] ?? '/';
    const { ms, result } = await timed(async () => {
      const response = await fetch(address + path, { headers: { cookie } });
      await response.text();
      return response.status;
    });
    if (result !== 200) throw new Error(`${path} answered ${result}`);
    if (index >= 0) times.push(ms);
  }
  return times;
}

const mediaQueries = [
  '',
  '?q=mar',
  '?type=film&sort=size&direction=down',
  '?type=show',
  '?status=unknown',
  '?sort=watched&page=20',
];

/** The longest 1 % of the event loop's turns since somebody last asked, in ms: asking begins anew. */
async function eventLoopDelay(address: string, cookie: string): Promise<number> {
  const response = await fetch(`${address}/metrics`, { headers: { cookie } });
  const told = /eventloop_lag_p99_seconds (\d\S*)/.exec(await response.text())?.[1];
  return Number(told ?? Number.NaN) * 1000;
}

export async function measureHouse(size: HouseSize): Promise<Measurement[]> {
  const data = mkdtempSync(join(tmpdir(), 'keepercheky-bench-'));
  const { services, close } = await openServices(size);
  try {
    const first = await timed(() => startBuilt({ data }));
    await first.result.stop();
    const second = await timed(() => startBuilt({ data }));
    const program = second.result;
    await rest(IDLE_AFTER_MS);
    const idle = pssOf(program.pid);

    let firstSync = 0;
    let secondSync = 0;
    let cookie = '';
    let delay = 0;
    const peak = await peakDuring(program.pid, async () => {
      const moved = await timed(() => moveIn(program.address, services));
      firstSync = moved.ms;
      cookie = moved.result.cookie;
      await eventLoopDelay(program.address, cookie);
      secondSync = (await timed(() => syncNow(moved.result.api))).ms;
      delay = await eventLoopDelay(program.address, cookie);
    });
    await fillUp(data, ITEMS);
    const read = (path: string) =>
      readPages(
        program.address,
        cookie,
        mediaQueries.map((query) => path + query),
      );
    const pages = await read('/media');
    const answers = await read('/api/v1/media');
    await program.stop();

    const large = `${size.films} films, ${size.series} series, ${size.users} users`;
    return [
      { name: 'start to first answer, first time', value: first.ms / 1000, unit: 's', budget: 6 },
      { name: 'start to first answer, with data', value: second.ms / 1000, unit: 's', budget: 2 },
      { name: 'idle memory, program and private PostgreSQL (PSS)', value: idle, unit: 'MB', budget: 150 },
      { name: `first sync of ${large}`, value: firstSync / 1000, unit: 's', budget: 60 },
      { name: 'second sync with no change', value: secondSync / 1000, unit: 's', budget: 10 },
      { name: 'memory growth during both syncs (PSS)', value: peak - idle, unit: 'MB', budget: 100 },
      { name: 'event loop delay during a sync, p99', value: delay, unit: 'ms', budget: 50 },
      { name: 'media page of 50 000 items, p95', value: quantile(pages, 0.95), unit: 'ms', budget: 50 },
      { name: 'media page of 50 000 items, median', value: quantile(pages, 0.5), unit: 'ms', budget: 50 },
      { name: 'media list over the API, p95', value: quantile(answers, 0.95), unit: 'ms', budget: 50 },
    ];
  } finally {
    close();
    rmSync(data, { recursive: true, force: true });
  }
}

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { moveIn, syncNow, type Services } from '../house/move-in.ts';
import { startBuilt } from '../house/program.ts';
import { fillUp } from './fill.ts';
import { pssOf } from './memory.ts';
import { timed, type Measurement } from './measurement.ts';
import { measurePages, type Site } from './pages.ts';

export type HouseSize = { films: number; series: number; users: number };

const IDLE_AFTER_MS = 20_000;
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

/** How long something takes, and the highest PSS of the program meanwhile, asked twice a second. */
async function peakDuring<T>(pid: number, work: () => Promise<T>) {
  let peak = 0;
  const timer = setInterval(() => (peak = Math.max(peak, pssOf(pid))), 500);
  const { ms, result } = await timed(work);
  clearInterval(timer);
  return { ms, peak: Math.max(peak, pssOf(pid)), result };
}

/** The longest 1 % of the event loop's turns since somebody last asked, in ms: asking begins anew. */
async function eventLoopDelay(address: string, cookie: string): Promise<number> {
  const response = await fetch(`${address}/metrics`, { headers: { cookie } });
  const told = /eventloop_lag_p99_seconds (\d\S*)/.exec(await response.text())?.[1];
  return Number(told ?? Number.NaN) * 1000;
}

/** Until nothing waits and nothing runs: what a sync leads to is no part of the next one, nor of the pages after it. */
async function untilIdle(api: Site['api']): Promise<void> {
  for (;;) {
    const queues = await api.get<{ items: { waiting: number; active: number }[] }>('/queues');
    if (queues.items.every(({ waiting, active }) => waiting + active === 0)) return;
    await rest(500);
  }
}

/** How quick a sync is says nothing when it did not bring the library. */
function mustBeDone({ state }: { state: string }): void {
  if (state !== 'done') throw new Error(`A sync ended as ${state}`);
}

async function syncTwice(pid: number, address: string, services: Services) {
  const first = await peakDuring(pid, () => moveIn(address, services));
  mustBeDone(first.result.sync);
  const site: Site = { address, ...first.result };
  const indexed = await peakDuring(pid, () => untilIdle(site.api));
  await eventLoopDelay(address, site.cookie);
  const second = await peakDuring(pid, () => syncNow(site.api));
  mustBeDone(second.result);
  const delay = await eventLoopDelay(address, site.cookie);
  return { site, first, indexed, second, delay };
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

    const syncs = await syncTwice(program.pid, program.address, services);
    await untilIdle(syncs.site.api);
    await fillUp(data, ITEMS);
    await untilIdle(syncs.site.api);
    const pages = await measurePages(syncs.site);
    await program.stop();

    const large = `${size.films} films, ${size.series} series, ${size.users} users`;
    return [
      { name: 'start to first answer, first time', value: first.ms / 1000, unit: 's', budget: 6 },
      { name: 'start to first answer, with data', value: second.ms / 1000, unit: 's', budget: 2 },
      { name: 'idle memory, program and private PostgreSQL (PSS)', value: idle, unit: 'MB', budget: 150 },
      { name: `first sync of ${large}`, value: syncs.first.ms / 1000, unit: 's', budget: 60 },
      {
        name: 'and until all of it is found by the search',
        value: syncs.indexed.ms / 1000,
        unit: 's',
        budget: 60,
      },
      { name: 'second sync with no change', value: syncs.second.ms / 1000, unit: 's', budget: 10 },
      {
        name: 'memory growth during both syncs (PSS)',
        value: Math.max(syncs.first.peak, syncs.second.peak) - idle,
        unit: 'MB',
        budget: 100,
      },
      {
        name: 'memory growth while the search takes it in and people are asked for (PSS)',
        value: syncs.indexed.peak - idle,
        unit: 'MB',
        budget: 100,
      },
      { name: 'event loop delay during a sync, p99', value: syncs.delay, unit: 'ms', budget: 50 },
      ...pages,
    ];
  } finally {
    close();
    rmSync(data, { recursive: true, force: true });
  }
}

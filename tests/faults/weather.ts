import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHttp, type Http, type HttpCall, type HttpClient } from '../../src/server/platform/http.ts';
import type { FaultKind, Faults } from '../../tools/simulators/faults.ts';

/** The rows of the table: what goes wrong with one service, for every call to it while it lasts. */
export const misfortunes = {
  'time-out': 'timeout',
  'connection refused': 'refused',
  'breaks off after doing it': 'drop',
  '401': '401',
  '429': '429',
  '500': '500',
  'page for people': 'html',
  'wrong content type': 'wrong-type',
  'empty list': 'empty-list',
  'short page': 'short-page',
  slow: 'slow',
} as const satisfies Record<string, FaultKind | 'refused'>;
export type Misfortune = keyof typeof misfortunes;

export type Struck = { url: string; faults: Faults };

/** Which call of which service begins the trouble, and whether it is already part of it. */
export type Trigger = { at: string; method: string; path: RegExp; from: 'this-call' | 'the-next' };

/** Calls that meet a silent service give up after this: the answer never comes, so no slow machine makes a difference. */
const IMPATIENT_MS = 30;
const SLOW_MS = 10;

export type Weather = Awaited<ReturnType<typeof openWeather>>;

/** Between the program and the simulators: real connections, and trouble that begins at a call of one's choice. */
export async function openWeather() {
  const inner = createHttp({ wait: () => Promise.resolve(), timeoutMs: 20_000 });
  const nobody = await closedPort();
  let storm: { on: Struck; kind: Misfortune; trigger: Trigger | null } | null = null;
  let isOn = false;
  let isNext = false;
  let met = 0;

  function start(): void {
    isOn = true;
    const kind = storm && misfortunes[storm.kind];
    if (kind && kind !== 'refused') storm?.on.faults.add({ path: /./, kind, delayMs: SLOW_MS });
  }

  /** The call with which it begins, or after which. */
  function watchFor({ at, method, path, from }: Trigger, called: string, url: string): void {
    if (isOn || method !== called || !url.startsWith(`${at}/`) || !path.test(url)) return;
    if (from === 'this-call') start();
    else isNext = true;
  }

  /** Called before each request; whether it meets the trouble. */
  function meets(base: string, { method = 'GET', path }: HttpCall): boolean {
    if (storm === null) return false;
    if (isNext) start();
    isNext = false;
    const url = `${base}/${path}`;
    if (storm.trigger) watchFor(storm.trigger, method, url);
    if (!isOn || !url.startsWith(`${storm.on.url}/`)) return false;
    met += 1;
    return true;
  }

  const http: Http = {
    at(target): HttpClient {
      const calm = inner.at(target);
      const refusing = inner.at({ ...target, url: nobody });
      const through = (call: HttpCall): readonly [HttpClient, HttpCall] => {
        if (!meets(target.url, call)) return [calm, call];
        if (storm?.kind === 'connection refused') return [refusing, call];
        return [calm, storm?.kind === 'time-out' ? { ...call, timeoutMs: IMPATIENT_MS } : call];
      };
      return {
        json(call, schema) {
          const [client, as] = through(call);
          return client.json(as, schema);
        },
        digested(call, schema) {
          const [client, as] = through(call);
          return client.digested(as, schema);
        },
        digest(call) {
          const [client, as] = through(call);
          return client.digest(as);
        },
        image(call) {
          const [client, as] = through(call);
          return client.image(as);
        },
        send(call) {
          const [client, as] = through(call);
          return client.send(as);
        },
        exchange(call) {
          const [client, as] = through(call);
          return client.exchange(as);
        },
        elements(call, schema) {
          const [client, as] = through(call);
          return client.elements(as, schema);
        },
      };
    },
  };

  return {
    http,
    /** Trouble from now on, or from the trigger on, until `clear`. */
    strike(on: Struck, kind: Misfortune, trigger: Trigger | null = null): void {
      storm = { on, kind, trigger };
      met = 0;
      if (trigger === null) start();
    },
    /** How many calls met it. */
    clear(): number {
      storm?.on.faults.clear();
      storm = null;
      isOn = false;
      isNext = false;
      return met;
    },
  };
}

async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${String(port)}`;
}

import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createFront, type Pages } from './front.ts';
import { startApp } from './main.ts';
import type { Config } from './platform/config.ts';
import { openLog, type Log } from './platform/log.ts';
import { ADDRESS_HEADER, HOST_HEADER, PROTOCOL_HEADER } from './platform/visit.ts';
import { releaseAt } from './release.ts';

/** The whole stop has 10 s; open connections get the first three, running jobs the rest. */
const CONNECTIONS_GRACE_MS = 3000;
const GIVE_UP_MS = 9500;

/** What is typed at the terminal, as far as it concerns what is started. */
export type Command = { config: Config; root: string };

export type Program = { address: string; stop: () => Promise<void> };

/** The program as a process: starts everything, says where it is, and on SIGTERM or SIGINT stops everything. */
export async function runProgram({ config, root }: Command): Promise<void> {
  const { log, close: closeLog } = await openLog({
    level: config.LOG_LEVEL,
    folder: join(config.DATA_DIR, 'logs'),
    console: process.stdout,
  });
  const program = await startProgram({
    config,
    root,
    log,
    pages: () => (config.PROCESS_MODE === 'worker' ? Promise.resolve(noPages) : loadPages(root)),
  });
  process.stdout.write(`\nKeeperCheky is ready: ${program.address}\n\n`);

  let stopping = false;
  const stop = async (why: string, code: number) => {
    if (stopping) return;
    stopping = true;
    log.info({ part: 'program' }, `stopping: ${why}`);
    setTimeout(() => process.exit(1), GIVE_UP_MS).unref();
    await program.stop();
    await closeLog();
    process.exit(code);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal, 0));
  void program.lost.then((reason) => stop(reason, 1));
}

export async function startProgram({
  config,
  root,
  log,
  pages,
}: Command & { log: Log; pages: () => Promise<Pages> }): Promise<Program & { lost: Promise<string> }> {
  const app = await startApp({ config, log, ...releaseAt(root) });
  globalThis.keepercheky = app;
  try {
    const server = createFront(app.fetch, await pages(), {
      origin: config.ORIGIN,
      trustProxy: config.TRUST_PROXY,
    });
    await listen(server, config);
    return {
      address: addressOf(server, config),
      lost: app.lost,
      stop: async () => {
        app.events.end();
        await closeServer(server);
        await app.stop();
      },
    };
  } catch (problem) {
    await app.stop();
    throw problem;
  }
}

/** A worker answers /health and the API, for whoever watches it, and shows nothing. */
const noPages: Pages = (_request, _response, next) => next();

/** Kit's handler reads these names from the environment at the moment it is imported. */
async function loadPages(root: string): Promise<Pages> {
  const kit = { PROTOCOL_HEADER, HOST_HEADER, ADDRESS_HEADER };
  Object.assign(globalThis.process['env'], kit);
  const built = (await import(pathToFileURL(join(root, 'build', 'pages', 'handler.js')).href)) as {
    handler: Pages;
  };
  return built.handler;
}

function listen(server: Server, { PORT, HOST }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (problem: NodeJS.ErrnoException) =>
      reject(
        problem.code === 'EADDRINUSE'
          ? new Error(`Port ${PORT} is taken. Choose another: npm start -- --port ${PORT + 1}`)
          : problem,
      ),
    );
    server.listen(PORT, HOST, resolve);
  });
}

function addressOf(server: Server, { HOST, ORIGIN }: Config): string {
  if (ORIGIN) return ORIGIN;
  const { port } = server.address() as AddressInfo;
  const everywhere = HOST === '0.0.0.0' || HOST === '::';
  return `http://${everywhere ? 'localhost' : HOST}:${port}`;
}

/** Lets answers that are under way finish, but does not wait for ever for a client that does not read. */
function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // A connection that was busy at this moment is idle a little later, and nobody else would close it.
    const sweep = setInterval(() => server.closeIdleConnections(), 50);
    server.close(() => {
      clearInterval(sweep);
      resolve();
    });
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), CONNECTIONS_GRACE_MS).unref();
  });
}

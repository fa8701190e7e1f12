import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openTestServer, removeAbandoned, type TestServer } from './test-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    testDatabases: string;
  }
}

/**
 * One private PostgreSQL per test run, started when the first test asks for a database: a run without database tests
 * pays only for a socket. Tests ask over that socket, because they run in other processes.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = removeAbandoned();
  let starting: Promise<TestServer> | undefined;
  const server = () => (starting ??= openTestServer(folder));

  const desk = createServer((socket) => {
    socket.on('error', () => undefined); // a test process that ended before the answer
    server()
      .then((running) => running.newDatabase())
      .then((address) => socket.end(JSON.stringify({ address })))
      .catch((problem: unknown) => socket.end(JSON.stringify({ problem: String(problem) })));
  });
  const path = join(folder, 'desk');
  await new Promise<void>((resolve) => desk.listen(path, resolve));
  project.provide('testDatabases', path);

  return async () => {
    desk.close();
    const running = await starting?.catch(() => undefined);
    await running?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

/** The program from source: Vite serves the pages and reloads them; a change of server code restarts this process. */
import { join } from 'node:path';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createVite } from 'vite';
import type { Pages } from '#server/front.ts';
import { parseConfig } from '#server/platform/config.ts';
import { openLog } from '#server/platform/log.ts';
import { startProgram } from '#server/program.ts';
import { people } from '../house/move-in.ts';

const root = join(import.meta.dirname, '..', '..');
const config = parseConfig(process.env);
const { log, close } = await openLog({
  level: 'debug',
  folder: join(config.DATA_DIR, 'logs'),
  console: process.stdout,
});

const program = await startProgram({ config, root, log, pages: openPages });
console.log(`\nKeeperCheky is ready: ${program.address}\n`);

async function openPages(): Promise<Pages> {
  const vite = await createVite({ root, server: { middlewareMode: true }, appType: 'custom' });
  return (request, response, next) => {
    const who = /^\/dev\/as\/(\w+)$/.exec(request.url ?? '')?.[1];
    if (who) void signInAs(who, request, response);
    else vite.middlewares(request, response, next);
  };
}

async function signInAs(username: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const password = Object.values(people).find((person) => person.username === username)?.password ?? '';
  const url = `http://${request.headers.host ?? 'localhost'}/sign-in`;
  const signedIn = await globalThis.keepercheky?.accounts.signIn(
    { login: username, password },
    { url, headers: new Headers() },
  );
  const cookies = signedIn?.ok ? signedIn.value : [];
  response.setHeader(
    'set-cookie',
    cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}; Path=/; HttpOnly; SameSite=Lax`),
  );
  response.writeHead(cookies.length > 0 ? 303 : 404, { location: '/' }).end();
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    void program
      .stop()
      .then(close)
      .then(() => process.exit(0));
  });
}

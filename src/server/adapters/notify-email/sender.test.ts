import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEmailSender } from './sender.ts';

/** Repeats what it was told, as a server in debug mode or a dishonest one does. */
let server: Server;
let port = 0;

beforeAll(async () => {
  server = createServer((socket) => {
    socket.write('220 echo ESMTP\r\n');
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      const said = String(data).trim();
      if (/^EHLO/i.test(said)) socket.write('250-echo\r\n250 AUTH PLAIN\r\n');
      else if (/^AUTH/i.test(said)) socket.write(`454 4.7.0 not now: ${said}\r\n`);
      else socket.write(`250 ok\r\n`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

test('a server that repeats the password gets it into no problem, in no spelling', async () => {
  const secret = 'a long and dear password';
  const settings = {
    kind: 'email',
    host: '127.0.0.1',
    port,
    security: 'none',
    user: 'ana',
    from: 'keeper@example.org',
    to: ['ana@example.org'],
  } as const;
  const sent = await createEmailSender().send(
    { settings, secret },
    {
      id: 'm1',
      topic: 'test',
      notices: [],
      at: new Date(0),
      language: 'en',
      title: 'x',
      lines: [],
      link: null,
      isUrgent: false,
    },
  );
  expect(sent).toMatchObject({ ok: false, error: { code: 'send.server-error', status: 454 } });
  const told = JSON.stringify(sent);
  expect(told).toContain('not now');
  expect(told).not.toContain(secret);
  expect(told).not.toContain(Buffer.from(secret).toString('base64').slice(0, 20));
  expect(told).not.toContain(Buffer.from(`\0ana\0${secret}`).toString('base64').slice(0, 20));
});

import { once } from 'node:events';
import { get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { createFront } from '#server/front.ts';
import { createEvents, type Events } from '#server/platform/events.ts';
import { eventsApi } from './events.api.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** Counts who listens, to see that they stop. */
function countedEvents(): Events & { listeners: () => number } {
  const events = createEvents();
  let listeners = 0;
  return {
    ...events,
    listeners: () => listeners,
    listen(hear) {
      const stop = events.listen(hear);
      listeners += 1;
      return () => {
        listeners -= 1;
        stop();
      };
    },
  };
}

/** The stream through the front, as a browser that takes compressed answers asks for it. */
async function listen(events: Events) {
  const api = eventsApi(events);
  const front = createFront(
    (request) => api.fetch(new Request(request.url.replace('/api/v1', ''))),
    (_, response) => response.end(),
    { origin: undefined, trustProxy: false },
  );
  servers.push(front);
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
  const { port } = front.address() as AddressInfo;
  const headers = { 'accept-encoding': 'gzip, br' };
  const asked = get({ host: '127.0.0.1', port, path: '/api/v1/events', headers });
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  let heard = '';
  answer.on('data', (chunk: Buffer) => (heard += chunk.toString()));
  return { answer, heard: () => heard, leave: () => asked.destroy() };
}

test('the stream comes at once and uncompressed', async () => {
  const { answer, heard } = await listen(createEvents());
  expect(answer.headers['content-type']).toMatch(/^text\/event-stream/);
  expect(answer.headers['content-encoding']).toBeUndefined();
  await vi.waitFor(() => expect(heard()).toContain('event: hello'));
});

test('a topic that changed a thousand times while nobody read is told once', async () => {
  const events = createEvents();
  const { heard } = await listen(events);
  await vi.waitFor(() => expect(heard()).toContain('event: hello'));
  for (let change = 0; change < 1000; change += 1) events.publish('library');
  events.publish('runs');
  await vi.waitFor(() => expect(heard()).toContain('data: runs'));
  expect(heard().split('data: library')).toHaveLength(2);
});

test('nobody listens any more when the client has left', async () => {
  const events = countedEvents();
  const { heard, leave } = await listen(events);
  await vi.waitFor(() => expect(heard()).toContain('event: hello'));
  expect(events.listeners()).toBe(1);
  leave();
  await vi.waitFor(() => expect(events.listeners()).toBe(0));
});

test('the stream ends when the program stops', async () => {
  const events = countedEvents();
  const { answer, heard } = await listen(events);
  await vi.waitFor(() => expect(heard()).toContain('event: hello'));
  const ended = once(answer, 'end');
  events.end();
  await ended;
  expect(heard()).not.toContain('still-here');
  expect(events.listeners()).toBe(0);
});

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { control, type Logged } from './control.ts';
import { createFaults, damage, replyInstead, type Fault, type Faults } from './faults.ts';
import { json, readBody, send, type Call, type Reply } from './http.ts';

export type Listening = { url: string; faults: Faults; requests: Logged[]; close: () => Promise<void> };

export type ServeOptions = {
  answer: (call: Call) => Reply | Promise<Reply>;
  port?: number | undefined;
  host?: string | undefined;
  /** Lets `POST /__sim/settle` do what is still to be done. */
  settle?: () => Promise<void>;
  /** More words under `/__sim/`, known to one simulator alone. */
  controls?: (call: Call) => Reply | undefined | Promise<Reply | undefined>;
  /** How this service puts a fault that it has words of its own for. */
  faultReply?: (fault: Fault) => Reply | undefined;
};

/** Enough to look back on, not enough to fill the memory during a bench. */
const LOG_LENGTH = 20_000;
const URL_LENGTH = 8_192;

/** A real server on a real port, with the log of what was asked and faults on command. */
export async function serve({
  answer,
  port = 0,
  host = '127.0.0.1',
  settle,
  controls: more = () => undefined,
  faultReply = () => undefined,
}: ServeOptions): Promise<Listening> {
  const faults = createFaults();
  const requests: Logged[] = [];
  const controls = control({ faults, requests, settle: settle ?? (() => Promise.resolve()), more });

  const reply = async (call: Call): Promise<Reply> => (await controls(call)) ?? (await answer(call));

  const spoiled = async (fault: Fault, call: Call): Promise<Reply> => {
    if (fault.kind === 'slow') await wait(fault.delayMs ?? 1_500);
    return faultReply(fault) ?? replyInstead(fault) ?? damage(fault.kind, await reply(call));
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const call = await readCall(request);
    const entry = log(requests, call);
    if ((request.url?.length ?? 0) > URL_LENGTH) return send(response, { status: 414 });
    const fault = call.path.startsWith('/__sim/') ? undefined : faults.take(call.method, call.path);
    const last = fault ? await spoiled(fault, call) : await reply(call);
    entry.status = last.status;
    response.once('close', () => (entry.answeredMs = Date.now()));
    if (fault?.kind === 'drop') return cutOff(response, last, 'half');
    if (fault?.kind === 'long-length') return cutOff(response, last, 'whole');
    send(response, last);
  };

  const server = createServer({ maxHeaderSize: 65_536 }, (request, response) => {
    handle(request, response).catch((problem: unknown) => {
      if (!response.headersSent) send(response, json(500, { message: String(problem) }));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${String(bound)}`,
    faults,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readCall(request: IncomingMessage): Promise<Call> {
  const [path = '/', query = ''] = (request.url ?? '/').split('?', 2);
  const body = await readBody(request);
  return {
    method: request.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    headers: request.headers,
    body,
    params: {},
  };
}

function log(requests: Logged[], call: Call): Logged {
  const { method, path, query, headers, body } = call;
  const entry: Logged = {
    method,
    path,
    query: query.toString(),
    headers,
    body: body.toString('utf8', 0, 4_096),
    status: 0,
    cameMs: Date.now(),
    answeredMs: null,
  };
  if (path.startsWith('/__sim/')) return entry;
  requests.push(entry);
  if (requests.length > LOG_LENGTH) requests.splice(0, LOG_LENGTH / 2);
  return entry;
}

/** Says that the answer will be longer than what is sent, half of it or all of it, and is gone. */
function cutOff(response: ServerResponse, reply: Reply, sent: 'half' | 'whole'): void {
  const body = Buffer.from(reply.body ?? '{"half":');
  response.writeHead(reply.status || 200, {
    'content-type': reply.type ?? 'application/json',
    ...reply.headers,
    'content-length': String(body.length + 1),
  });
  response.write(sent === 'half' ? body.subarray(0, Math.ceil(body.length / 2)) : body, () =>
    response.destroy(),
  );
}

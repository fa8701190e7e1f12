import { lookup, type LookupAddress } from 'node:dns';
import { request as plainRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as secureRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import { err, ok, type Result } from '#core/result.ts';
import { failureOf, type HttpFailure } from './http-failure.ts';
import { isPrivateAddress } from './http-private.ts';

/** An answer whose body comes as it is read. A refusal and a redirect are answers too: nothing is followed. */
export type HttpStream = { status: number; headers: Headers; body: Readable };

export type StreamCall = {
  url: URL;
  headers: Readonly<Record<string, string>>;
  /** Also while the body is read. */
  signal: AbortSignal;
  /** For addresses that a person chose. What an answer names must not lead into the house. */
  mayBePrivate: boolean;
};

export type StreamProblem = HttpFailure | { code: 'http.private-address'; host: string };

export type HttpStreams = { open(call: StreamCall): Promise<Result<HttpStream, StreamProblem>> };

type Resolve = (host: string, use: (error: Error | null, found: LookupAddress[]) => void) => void;

export type StreamOptions = {
  /** Until the head of the answer has come. */
  timeoutMs?: number;
  resolve?: Resolve;
};

class PrivateAddress extends Error {}

const bySystem: Resolve = (host, use) => lookup(host, { all: true }, use);

/**
 * For files of any size. Built on node:http and not on fetch, because here the address that is connected to can be looked
 * at: a name that is allowed and resolves to 192.168.1.1 is refused, and there is no second look-up to trick.
 */
export function createHttpStreams({
  timeoutMs = 30_000,
  resolve = bySystem,
}: StreamOptions = {}): HttpStreams {
  return {
    open: (call) => {
      const { hostname } = call.url;
      const literal = hostname.replace(/^\[(.*)\]$/, '$1');
      if (!call.mayBePrivate && isIP(literal) !== 0 && isPrivateAddress(literal))
        return Promise.resolve(err({ code: 'http.private-address', host: call.url.host }));
      return open(call, { timeoutMs, lookup: call.mayBePrivate ? undefined : guarded(resolve) });
    },
  };
}

/** The addresses of a name, or none when only one of them is of this house. */
const guarded =
  (resolve: Resolve): LookupFunction =>
  (host, options, use) =>
    resolve(host, (error, found) => {
      const [first] = found;
      if (error || !first) return use(error ?? new Error('no address'), '', 0);
      if (found.some(({ address }) => isPrivateAddress(address))) return use(new PrivateAddress(), '', 0);
      if (options.all) use(null, found);
      else use(null, first.address, first.family);
    });

type Way = { timeoutMs: number; lookup: LookupFunction | undefined };

function open(call: StreamCall, way: Way): Promise<Result<HttpStream, StreamProblem>> {
  const { url, signal } = call;
  const tooLong = new AbortController();
  const timer = setTimeout(() => tooLong.abort(), way.timeoutMs);
  return new Promise((done) => {
    const options: RequestOptions = {
      headers: { ...call.headers, 'accept-encoding': 'identity' },
      signal: AbortSignal.any([signal, tooLong.signal]),
      ...(way.lookup ? { lookup: way.lookup } : {}),
    };
    const asking = (url.protocol === 'https:' ? secureRequest : plainRequest)(url, options);
    asking.on('response', (answer) => {
      clearTimeout(timer);
      done(ok(streamOf(answer)));
    });
    // After the answer has come this is the body's own error, which its reader gets.
    asking.on('error', (error) => {
      clearTimeout(timer);
      done(err(problemOf(error, call, { passed: tooLong.signal.aborted, afterMs: way.timeoutMs })));
    });
    asking.end();
  });
}

function problemOf(
  error: Error,
  { url, signal }: StreamCall,
  time: { passed: boolean; afterMs: number },
): StreamProblem {
  if (error instanceof PrivateAddress) return { code: 'http.private-address', host: url.host };
  return failureOf(error, url.host, { ...time, aborted: signal.aborted });
}

function streamOf(answer: IncomingMessage): HttpStream {
  const headers = new Headers();
  for (const [name, values] of Object.entries(answer.headersDistinct))
    for (const value of values ?? []) headers.append(name, value);
  return { status: answer.statusCode ?? 0, headers, body: answer };
}

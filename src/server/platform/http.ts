import { setTimeout as pause } from 'node:timers/promises';
import type { z } from 'zod';
import { err, ok, type Result } from '#core/result.ts';
import { createDeadline, type Deadline } from './http-deadline.ts';
import {
  BodyTooLarge,
  bytesOf,
  digestOf,
  contentType,
  isJsonType,
  notJson,
  pieces,
  refusal,
  textOf,
  type Opened,
} from './http-body.ts';
import type { Exchange } from './http-exchange.ts';
import { failureOf, type HttpFailure } from './http-failure.ts';
import { createGate } from './http-gate.ts';
import { pauseBefore, retryAfterMs } from './http-retry.ts';
import { createArrayScanner } from './json-array.ts';

export type { HttpFailure } from './http-failure.ts';

type QueryValue = string | number | boolean;

export type HttpCall = {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the target's address, without a slash at the beginning; parts that are not ours must be encoded. */
  path: string;
  /** An array becomes the same name several times. */
  query?: Readonly<Record<string, QueryValue | readonly QueryValue[]>>;
  json?: unknown;
  /** A body that is not JSON. */
  text?: { contentType: string; body: string };
  /** A body that is no text. A form goes in here too: fetch breaks the whole process when a `FormData` of its own is aborted. */
  bytes?: { contentType: string; body: Uint8Array<ArrayBuffer> };
  timeoutMs?: number;
  /** How often a GET is repeated, when it is not as often as usual. */
  retries?: number;
  signal?: AbortSignal;
};

export type HttpTarget = {
  /** With its base path, without a slash at the end. */
  url: string;
  headers: Readonly<Record<string, string>>;
  /** Taken out of every text that leaves this client. */
  secrets: readonly string[];
};

/**
 * One client for every outside program: a time limit on every call, redirects reported and never followed, the
 * content type checked before anything is parsed, GET repeated a little, never more than a few calls per host.
 */
export type HttpClient = {
  json<T>(call: HttpCall, schema: z.ZodType<T>): Promise<Result<T, HttpFailure>>;
  /** As `json`, with what `digest` would say of the same answer. */
  digested<T>(
    call: HttpCall,
    schema: z.ZodType<T>,
  ): Promise<Result<{ digest: string; value: T }, HttpFailure>>;
  /** Tells answers apart by their bytes, of which none is kept: a hundred megabytes cost no memory. */
  digest(call: HttpCall): Promise<Result<string, HttpFailure>>;
  /** A picture, whole in memory; anything that is not an image is refused. */
  image(call: HttpCall): Promise<Result<Uint8Array, HttpFailure>>;
  /** For answers that may be empty, as those of DELETE are. */
  send(call: HttpCall): Promise<Result<void, HttpFailure>>;
  /** Whatever was answered, refusals too: for logins, whose outcome is in a status, a header or a cookie. */
  exchange(call: HttpCall): Promise<Result<Exchange, HttpFailure>>;
  /** A long JSON array, in batches; only a return of `ok` means that it came whole. */
  elements<T>(call: HttpCall, schema: z.ZodType<T>): AsyncGenerator<readonly T[], Result<void, HttpFailure>>;
};

export type Http = { at(target: HttpTarget): HttpClient };

export type HttpOptions = {
  userAgent?: string;
  fetch?: typeof fetch;
  /** The pause between two attempts. */
  wait?: (ms: number, signal?: AbortSignal) => Promise<void>;
  now?: () => Date;
  maxPerHost?: number;
  timeoutMs?: number;
  maxBytes?: number;
  /** How often a GET is repeated. */
  retries?: number;
};

const BATCH = 200;

const settled = (options: HttpOptions) => ({
  userAgent: options.userAgent ?? 'KeeperCheky',
  fetch: options.fetch ?? fetch,
  wait:
    options.wait ?? ((ms: number, signal?: AbortSignal) => pause(ms, undefined, signal ? { signal } : {})),
  now: options.now ?? (() => new Date()),
  timeoutMs: options.timeoutMs ?? 30_000,
  maxBytes: options.maxBytes ?? 64 * 1024 * 1024,
  retries: options.retries ?? 2,
});

type Settings = ReturnType<typeof settled>;
type Attempt<T> = { result: Result<T, HttpFailure>; askedPauseMs: number | null };
type Read<T> = (opened: Opened) => Promise<Result<T, HttpFailure>>;

function addressOf(target: Pick<HttpTarget, 'url'>, call: Pick<HttpCall, 'path' | 'query'>): URL {
  const url = new URL(`${target.url}/${call.path}`);
  for (const [name, value] of Object.entries(call.query ?? {})) {
    for (const one of typeof value === 'object' ? value : [value]) url.searchParams.append(name, String(one));
  }
  return url;
}

function requestOf(settings: Settings, target: HttpTarget, call: HttpCall, signal: AbortSignal): RequestInit {
  const content =
    call.json === undefined
      ? (call.text ?? call.bytes)
      : { contentType: 'application/json', body: JSON.stringify(call.json) };
  return {
    method: call.method ?? 'GET',
    headers: {
      accept: 'application/json',
      'user-agent': settings.userAgent,
      ...target.headers,
      ...(content ? { 'content-type': content.contentType } : {}),
    },
    ...(content ? { body: content.body } : {}),
    redirect: 'manual',
    signal,
  };
}

function parse<T>(text: string, schema: z.ZodType<T>, prefix = ''): Result<T, HttpFailure> {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return err({ code: 'http.bad-json', reason: text.trim() === '' ? 'empty' : 'malformed' });
  }
  const parsed = schema.safeParse(raw);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  const where = [prefix, ...(issue?.path ?? []).map(String)].filter((part) => part !== '').join('.');
  return err({ code: 'http.unexpected-shape', where: `${where || 'answer'}: ${issue?.code ?? 'invalid'}` });
}

export function createHttp(options: HttpOptions = {}): Http {
  const settings = settled(options);
  const gate = createGate(options.maxPerHost ?? 6);
  return { at: (target) => clientAt(settings, gate, target) };
}

function clientAt(settings: Settings, gate: ReturnType<typeof createGate>, target: HttpTarget): HttpClient {
  const { host } = new URL(target.url);

  function thrown(error: unknown, deadline: Deadline): HttpFailure {
    if (error instanceof BodyTooLarge) return { code: 'http.too-large', limitBytes: settings.maxBytes };
    return failureOf(error, host, deadline.state());
  }

  async function once<T>(call: HttpCall, read: Read<T>, refuses = refusal): Promise<Attempt<T>> {
    const deadline = createDeadline(call.timeoutMs ?? settings.timeoutMs, call.signal);
    try {
      const request = requestOf(settings, target, call, deadline.signal);
      const response = await deadline.during(() => settings.fetch(addressOf(target, call), request));
      const opened = { response, deadline, read: () => pieces(response, deadline, settings.maxBytes) };
      const askedPauseMs = retryAfterMs(response.headers.get('retry-after'), settings.now());
      const refused = await refuses(opened, target.secrets, askedPauseMs);
      return { result: refused ? err(refused) : await read(opened), askedPauseMs };
    } catch (error) {
      return { result: err(thrown(error, deadline)), askedPauseMs: null };
    }
  }

  async function repeated<T>(
    call: HttpCall,
    read: Read<T>,
    refuses = refusal,
  ): Promise<Result<T, HttpFailure>> {
    const retries = (call.method ?? 'GET') === 'GET' ? (call.retries ?? settings.retries) : 0;
    for (let attempt = 0; ; attempt += 1) {
      const { result, askedPauseMs } = await once(call, read, refuses);
      if (result.ok || attempt >= retries) return result;
      const ms = pauseBefore(attempt, result.error, askedPauseMs);
      if (ms === null) return result;
      await settings.wait(ms, call.signal);
    }
  }

  /** Rejections in here can only come from the caller's own signal. */
  async function inTurn<T>(
    call: HttpCall,
    read: Read<T>,
    refuses = refusal,
  ): Promise<Result<T, HttpFailure>> {
    let leave: (() => void) | undefined;
    try {
      leave = await gate.enter(host, call.signal);
      return await repeated(call, read, refuses);
    } catch (error) {
      if (call.signal?.aborted) return err({ code: 'http.aborted' });
      throw error;
    } finally {
      leave?.();
    }
  }

  async function* batches<T>(
    opened: Opened,
    schema: z.ZodType<T>,
  ): AsyncGenerator<readonly T[], Result<void, HttpFailure>> {
    const scanner = createArrayScanner();
    let batch: T[] = [];
    let index = 0;
    for await (const piece of opened.read()) {
      const texts = scanner.push(piece);
      if (!texts.ok) return err({ code: 'http.bad-json', reason: texts.error });
      for (const text of texts.value) {
        const element = parse(text, schema, String(index));
        if (!element.ok) return element;
        batch.push(element.value);
        index += 1;
        if (batch.length < BATCH) continue;
        yield batch;
        batch = [];
      }
    }
    const end = scanner.end();
    if (!end.ok) return err({ code: 'http.bad-json', reason: end.error });
    if (batch.length > 0) yield batch;
    return ok(undefined);
  }

  async function* elements<T>(
    call: HttpCall,
    schema: z.ZodType<T>,
  ): AsyncGenerator<readonly T[], Result<void, HttpFailure>> {
    let leave: (() => void) | undefined;
    let opened: Opened | undefined;
    try {
      leave = await gate.enter(host, call.signal);
      const answer = await repeated(call, (open) => Promise.resolve(ok(open)));
      if (!answer.ok) return answer;
      opened = answer.value;
      if (!isJsonType(opened.response)) return err(await notJson(opened.response));
      return yield* batches(opened, schema);
    } catch (error) {
      if (opened) return err(thrown(error, opened.deadline));
      if (call.signal?.aborted) return err({ code: 'http.aborted' });
      throw error;
    } finally {
      leave?.();
    }
  }

  return {
    json: (call, schema) =>
      inTurn(call, async ({ response, read }) =>
        isJsonType(response) ? parse(await textOf(read()), schema) : err(await notJson(response)),
      ),

    digested: (call, schema) =>
      inTurn(call, async ({ response, read }) => {
        if (!isJsonType(response)) return err(await notJson(response));
        const bytes = await bytesOf(read());
        const parsed = parse(new TextDecoder().decode(bytes), schema);
        return parsed.ok ? ok({ digest: await digestOf([bytes]), value: parsed.value }) : parsed;
      }),

    digest: (call) =>
      inTurn(call, async ({ response, read }) =>
        isJsonType(response) ? ok(await digestOf(read())) : err(await notJson(response)),
      ),

    image: (call) =>
      inTurn(call, async ({ response, read }) =>
        /^image\/(jpeg|png|webp)\b/i.test(contentType(response))
          ? ok(await bytesOf(read()))
          : err(await notJson(response)),
      ),

    send: (call) =>
      inTurn(call, async ({ response, read }) => {
        const body = await textOf(read());
        const isPage = body.trimStart().startsWith('<') || /html/i.test(contentType(response));
        return isPage && body.trim() !== '' ? err(await notJson(response)) : ok(undefined);
      }),

    exchange: (call) =>
      inTurn(
        call,
        async ({ response, read }) =>
          ok({ status: response.status, headers: response.headers, text: await textOf(read()) }),
        () => Promise.resolve(null),
      ),

    elements,
  };
}

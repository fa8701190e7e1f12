import { setTimeout as pause } from 'node:timers/promises';
import type { z } from 'zod';
import { err, ok, type Result } from '#core/result.ts';
import { createAttempts, type AttemptSettings, type Read } from './http-attempts.ts';
import {
  bytesOf,
  digestOf,
  contentType,
  isJsonType,
  notJson,
  refusal,
  textOf,
  type Opened,
} from './http-body.ts';
import type { Exchange } from './http-exchange.ts';
import type { HttpFailure } from './http-failure.ts';
import { createGate } from './http-gate.ts';
import { elementsOf, parseJson } from './http-json.ts';
import type { HttpCall, HttpTarget } from './http-request.ts';

export type { HttpFailure } from './http-failure.ts';
export type { HttpCall, HttpTarget } from './http-request.ts';

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

const settled = (options: HttpOptions): AttemptSettings => ({
  userAgent: options.userAgent ?? 'KeeperCheky',
  fetch: options.fetch ?? fetch,
  wait:
    options.wait ?? ((ms: number, signal?: AbortSignal) => pause(ms, undefined, signal ? { signal } : {})),
  now: options.now ?? (() => new Date()),
  timeoutMs: options.timeoutMs ?? 30_000,
  maxBytes: options.maxBytes ?? 64 * 1024 * 1024,
  retries: options.retries ?? 2,
});

export function createHttp(options: HttpOptions = {}): Http {
  const settings = settled(options);
  const gate = createGate(options.maxPerHost ?? 6);
  return { at: (target) => clientAt(settings, gate, target) };
}

function clientAt(
  settings: AttemptSettings,
  gate: ReturnType<typeof createGate>,
  target: HttpTarget,
): HttpClient {
  const { host } = new URL(target.url);
  const { repeated, thrown } = createAttempts(settings, target);

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
      return yield* elementsOf(opened, schema);
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
        isJsonType(response) ? parseJson(await textOf(read()), schema) : err(await notJson(response)),
      ),

    digested: (call, schema) =>
      inTurn(call, async ({ response, read }) => {
        if (!isJsonType(response)) return err(await notJson(response));
        const bytes = await bytesOf(read());
        const parsed = parseJson(new TextDecoder().decode(bytes), schema);
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

import { err, type Result } from '#core/result.ts';
import { BodyTooLarge, pieces, refusal, type Opened } from './http-body.ts';
import { createDeadline, type Deadline } from './http-deadline.ts';
import { failureOf, type HttpFailure } from './http-failure.ts';
import { addressOf, requestOf, type HttpCall, type HttpTarget } from './http-request.ts';
import { pauseBefore, retryAfterMs } from './http-retry.ts';

export type AttemptSettings = {
  userAgent: string;
  fetch: typeof fetch;
  wait: (ms: number, signal?: AbortSignal) => Promise<void>;
  now: () => Date;
  timeoutMs: number;
  maxBytes: number;
  retries: number;
};

export type Read<T> = (opened: Opened) => Promise<Result<T, HttpFailure>>;

type Attempt<T> = { result: Result<T, HttpFailure>; askedPauseMs: number | null };

/** A call to one target, once or as often as its kind may be repeated. */
export function createAttempts(settings: AttemptSettings, target: HttpTarget) {
  const { host } = new URL(target.url);

  function thrown(error: unknown, deadline: Deadline): HttpFailure {
    if (error instanceof BodyTooLarge) return { code: 'http.too-large', limitBytes: settings.maxBytes };
    return failureOf(error, host, deadline.state());
  }

  async function once<T>(call: HttpCall, read: Read<T>, refuses = refusal): Promise<Attempt<T>> {
    const deadline = createDeadline(call.timeoutMs ?? settings.timeoutMs, call.signal);
    try {
      const request = requestOf({ target, userAgent: settings.userAgent }, call, deadline.signal);
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

  return { repeated, thrown };
}

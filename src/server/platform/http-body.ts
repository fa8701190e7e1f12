import { createHash } from 'node:crypto';
import type { Deadline } from './http-deadline.ts';
import { messageOf, reasonIn, redact, retryAfterIn, type HttpFailure } from './http-failure.ts';

const ERROR_BODY_BYTES = 8 * 1024;
const JSON_TYPE = /^(application\/([\w.-]+\+)?json|text\/json)\b/i;

export type Opened = { response: Response; read: () => AsyncGenerator<Uint8Array>; deadline: Deadline };

export class BodyTooLarge extends Error {}

/** Pieces of the body as they come, counted as they come: a content length can lie. */
export async function* pieces(
  response: Response,
  deadline: Deadline,
  maxBytes: number,
): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (!reader) return;
  let bytes = 0;
  try {
    for (;;) {
      const piece = await deadline.during(() => reader.read());
      if (piece.done) return;
      bytes += piece.value.byteLength;
      if (bytes > maxBytes) throw new BodyTooLarge();
      yield piece.value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

export async function bytesOf(read: AsyncGenerator<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const piece of read) all.push(piece);
  return Buffer.concat(all);
}

export async function digestOf(read: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<string> {
  const digest = createHash('sha256');
  for await (const piece of read) digest.update(piece);
  return digest.digest('base64url');
}

export const textOf = async (read: AsyncGenerator<Uint8Array>): Promise<string> =>
  new TextDecoder().decode(await bytesOf(read));

/** The beginning of an error body; a body that cannot be read says nothing and hides nothing. */
async function beginning(opened: Opened): Promise<string> {
  const all: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const piece of opened.read()) {
      all.push(piece);
      bytes += piece.byteLength;
      if (bytes >= ERROR_BODY_BYTES) break;
    }
  } catch {
    return '';
  }
  return new TextDecoder().decode(Buffer.concat(all).subarray(0, ERROR_BODY_BYTES));
}

export const contentType = (response: Response): string => response.headers.get('content-type') ?? '';

export const isJsonType = (response: Response): boolean => JSON_TYPE.test(contentType(response));

/** Null when the answer is one to read. */
export async function refusal(
  opened: Opened,
  secrets: readonly string[],
  pauseMs: number | null,
): Promise<HttpFailure | null> {
  const { response } = opened;
  if (response.ok) return null;
  if (response.status >= 300 && response.status < 400) {
    await response.body?.cancel();
    return { code: 'http.redirected', to: redact(response.headers.get('location') ?? '', secrets) };
  }
  const text = await beginning(opened);
  const { message, json } = messageOf(text);
  if (response.status === 429) {
    const [retryAfterMs, reason] = [pauseMs ?? retryAfterIn(text), reasonIn(text)];
    return { code: 'http.rate-limited', retryAfterMs, ...(reason === null ? {} : { reason }) };
  }
  const isJson = json && isJsonType(response);
  return { code: 'http.status', status: response.status, message: redact(message, secrets), json: isJson };
}

export async function notJson(response: Response): Promise<HttpFailure> {
  if (response.body?.locked === false) await response.body.cancel();
  return { code: 'http.not-json', contentType: contentType(response).slice(0, 80) };
}

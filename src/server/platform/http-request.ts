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

export function addressOf(target: Pick<HttpTarget, 'url'>, call: Pick<HttpCall, 'path' | 'query'>): URL {
  const url = new URL(`${target.url}/${call.path}`);
  for (const [name, value] of Object.entries(call.query ?? {})) {
    for (const one of typeof value === 'object' ? value : [value]) url.searchParams.append(name, String(one));
  }
  return url;
}

export function requestOf(
  { target, userAgent }: { target: HttpTarget; userAgent: string },
  call: HttpCall,
  signal: AbortSignal,
): RequestInit {
  const content =
    call.json === undefined
      ? (call.text ?? call.bytes)
      : { contentType: 'application/json', body: JSON.stringify(call.json) };
  return {
    method: call.method ?? 'GET',
    headers: {
      accept: 'application/json',
      'user-agent': userAgent,
      ...target.headers,
      ...(content ? { 'content-type': content.contentType } : {}),
    },
    ...(content ? { body: content.body } : {}),
    redirect: 'manual',
    signal,
  };
}

/** A bare client for the tests of the simulators: what was answered, as it came. */
export type Answer = {
  status: number;
  type: string | null;
  location: string | null;
  text: string;
  body: unknown;
};

type Server = { url: string; apiKey: string };
export type Ask = (method: string, path: string, body?: unknown) => Promise<Answer>;

export async function ask(
  url: string,
  method: string,
  headers: Record<string, string> = {},
  body?: unknown,
): Promise<Answer> {
  const isText = typeof body === 'string';
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: { ...(body === undefined || isText ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
    signal: AbortSignal.timeout(3_000),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    location: response.headers.get('location'),
    text,
    body: isJson && text !== '' ? (JSON.parse(text) as unknown) : undefined,
  };
}

export const servarr =
  ({ url, apiKey }: Server): Ask =>
  (method, path, body) =>
    ask(`${url}/api/v3${path}`, method, { 'x-api-key': apiKey }, body);
export const jellyfin =
  ({ url, apiKey }: Server): Ask =>
  (method, path, body) =>
    ask(`${url}${path}`, method, { authorization: `MediaBrowser Token="${apiKey}"` }, body);
export const seerr =
  ({ url, apiKey }: Server): Ask =>
  (method, path, body) =>
    ask(`${url}/api/v1${path}`, method, { 'x-api-key': apiKey }, body);

import { hexId } from '../../seed/random.ts';
import { json, type Reply } from '../http.ts';

const names: Record<number, readonly [code: number, name: string, title: string]> = {
  400: [3, 'ParameterInvalid', 'Bad Request'],
  401: [1, 'Unauthorized', 'Unauthorized'],
  403: [2, 'Forbidden', 'Forbidden'],
  404: [4, 'ResourceNotFound', 'Not Found'],
  426: [9, 'UpgradeRequired', 'Upgrade Required'],
  429: [29, 'RequestThrottled', 'Too Many Requests'],
  500: [500, 'InternalServerError', 'Internal Server Error'],
  503: [503, 'ServiceUnavailable', 'Service Unavailable'],
};

const details: Record<number, string> = {
  401: 'The server could not verify that you are authorized to access the URL requested.',
  404: 'The requested resource was not found.',
  426: 'Please update to the latest version of the app.',
  429: 'You have made too many requests. Please slow down.',
};

/** An error as Patreon's API writes it. */
export function problem(status: number, detail = details[status] ?? '', retryAfterS?: number): Reply {
  const [code, name, title] = names[status] ?? [status, 'Unknown', 'Error'];
  const hex = hexId('problem', status, detail);
  const id = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join(
    '-',
  );
  const wait = retryAfterS === undefined ? {} : { retry_after_seconds: retryAfterS };
  const reply = json(status, {
    errors: [{ code, code_name: name, detail, id, status: String(status), title, ...wait }],
  });
  return {
    ...reply,
    type: 'application/vnd.api+json',
    ...(retryAfterS === undefined ? {} : { headers: { 'retry-after': String(retryAfterS) } }),
  };
}

/** What Cloudflare puts in front of a site when it does not like the caller. */
export const challenge = (): Reply => ({
  status: 403,
  type: 'text/html; charset=UTF-8',
  headers: { 'cf-mitigated': 'challenge', server: 'cloudflare', 'cf-ray': '8e1f00000000-MAD' },
  body: '<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title></head><body><noscript>Enable JavaScript and cookies to continue</noscript><script>window._cf_chl_opt={cType:"managed"};var a=document.createElement("script");a.src="/cdn-cgi/challenge-platform/h/g/orchestrate/chl_page/v1";</script></body></html>',
});

/** The page that stands where JSON was expected once nobody is signed in. */
export const loginPage = (): Reply => ({
  status: 200,
  type: 'text/html; charset=utf-8',
  body: '<!DOCTYPE html><html lang="en"><head><title>Log in | Patreon</title></head><body><div id="__next"><h1>Log in</h1><form action="/login" method="post"><input name="email" type="email"/></form></div></body></html>',
});

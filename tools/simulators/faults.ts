import { html, json, jsonText, redirect, silent, type Reply } from './http.ts';

export const faultKinds = [
  'timeout',
  'slow',
  '401',
  '403',
  '429',
  '500',
  '503',
  'html',
  'wrong-type',
  'empty-list',
  'short-page',
  'truncated-json',
  'drop',
  'redirect',
  'not-found',
  'upgrade',
  'bad-request',
  'challenge',
  'login-page',
  'half',
  'long-length',
  'wrong-shape',
  'empty',
  'nan-times',
  'no-credit',
  'loading',
  'nan-vectors',
  'zero-vectors',
  'null-vectors',
  'no-number',
  'uneven-vectors',
  'shuffled-vectors',
  'other-vectors',
] as const;
export type FaultKind = (typeof faultKinds)[number];

export type Fault = {
  /** Part of the path, or the whole of it with `*` for anything, or an expression. */
  path: string | RegExp;
  kind: FaultKind;
  method?: string;
  /** How often; for ever when left out. */
  times?: number;
  /** So many are answered before it begins. */
  after?: number;
  /** For `slow`. */
  delayMs?: number;
  /** For 429 and 503. */
  retryAfterS?: number;
};

export type Faults = {
  add: (fault: Fault) => void;
  clear: () => void;
  /** Uses one up. */
  take: (method: string, path: string) => Fault | undefined;
};

export function createFaults(): Faults {
  let faults: { fault: Fault; spared: number; left: number; matches: (path: string) => boolean }[] = [];
  return {
    add(fault) {
      const { after: spared = 0, times: left = Number.POSITIVE_INFINITY } = fault;
      faults.push({ fault, spared, left, matches: matcher(fault.path) });
    },
    clear() {
      faults = [];
    },
    take(method, path) {
      const found = faults.find(
        ({ fault, left, matches }) => left > 0 && (fault.method ?? method) === method && matches(path),
      );
      if (!found) return undefined;
      if (found.spared > 0) {
        found.spared -= 1;
        return undefined;
      }
      found.left -= 1;
      return found.fault;
    },
  };
}

function matcher(path: string | RegExp): (path: string) => boolean {
  if (path instanceof RegExp) return (asked) => path.test(asked);
  if (!path.includes('*')) return (asked) => asked.toLowerCase().includes(path.toLowerCase());
  const parts = path.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const expression = new RegExp(`^${parts.join('.*')}$`, 'i');
  return (asked) => expression.test(asked);
}

type Instead = (retryAfterS: number | undefined) => Reply;

const waiting = (status: 429 | 503, message: string, seconds: number): Reply => ({
  ...json(status, { message }),
  headers: { 'retry-after': String(seconds) },
});

const instead: Partial<Record<FaultKind, Instead>> = {
  timeout: () => silent,
  '401': () => ({ status: 401 }),
  '403': () => json(403, { status: 403, error: 'You do not have permission to access this endpoint' }),
  '429': (retryAfterS = 1) => waiting(429, 'Too many requests', retryAfterS),
  '500': () => json(500, { message: 'Object reference not set to an instance of an object.' }),
  '503': (retryAfterS = 5) => waiting(503, 'Service unavailable', retryAfterS),
  'not-found': () => ({ status: 404 }),
  upgrade: () => ({ status: 426 }),
  'bad-request': () => ({ status: 400 }),
  html: () => html('Welcome'),
  'login-page': () => html('Welcome'),
  challenge: () => ({ ...html('Just a moment...'), status: 403 }),
  redirect: () => redirect(307, '/login'),
  'wrong-shape': () => json(200, { object: 'list', data: [{ unexpected: true }] }),
  empty: () => jsonText(200, ''),
};

/** What is answered instead of the truth; undefined when the truth has to be made first. */
export const replyInstead = ({ kind, retryAfterS }: Pick<Fault, 'kind' | 'retryAfterS'>): Reply | undefined =>
  instead[kind]?.(retryAfterS);

/** The truth, damaged. */
export function damage(kind: FaultKind, reply: Reply): Reply {
  // As many bytes as it says, but half of what there is: nothing but the size that was told before gives it away.
  if (kind === 'half') return { ...reply, body: firstHalf(reply) };
  const body = reply.body?.toString() ?? '';
  // The right words under a wrong name, as proxies and caches answer.
  if (kind === 'wrong-type') return { ...reply, type: 'text/plain; charset=utf-8' };
  // Python writes it like this, and it is no JSON.
  if (kind === 'nan-times') return { ...reply, body: body.replaceAll(/"(start|end)":[\d.]+/g, '"$1":NaN') };
  if (kind.endsWith('-vectors')) return { ...reply, body: damageVectors(kind, body) };
  if (kind === 'truncated-json') return { ...reply, body: body.slice(0, Math.floor(body.length / 2)) };
  if (kind !== 'empty-list' && kind !== 'short-page') return reply;
  const cut = (list: unknown[]): unknown[] =>
    kind === 'empty-list' ? [] : list.slice(0, Math.floor(list.length / 2));
  return { ...reply, body: JSON.stringify(cutLists(JSON.parse(body || 'null'), cut, kind === 'empty-list')) };
}

function damageVectors(kind: FaultKind, body: string): string {
  const vector = /"embedding":\[([^\]]*)\]/;
  const every = new RegExp(vector, 'g');
  switch (kind) {
    case 'nan-vectors':
      return body.replace(vector, '"embedding":[NaN]');
    // Rust writes it like this.
    case 'null-vectors':
      return body.replace(vector, '"embedding":[null]');
    case 'zero-vectors':
      return body.replaceAll(every, (whole) => whole.replaceAll(/-?\d[\d.e-]*/g, '0'));
    case 'uneven-vectors':
      return body.replace(vector, (_, numbers: string) => `"embedding":[${numbers},0.5]`);
    case 'other-vectors':
      return body.replaceAll(every, (_, numbers: string) => `"embedding":[${numbers},0.5]`);
    default:
      return body.replace(/"data":\[(.*)\](?=,"usage)/s, (_, list: string) => {
        const turned = (JSON.parse(`[${list}]`) as unknown[]).reverse();
        return `"data":${JSON.stringify(turned)}`;
      });
  }
}

export function firstHalf({ body }: Reply): Buffer {
  const bytes = Buffer.from(body ?? '');
  return bytes.subarray(0, Math.floor(bytes.length / 2));
}

/** An empty list says zero in its total as well; a short page keeps the total, which is how a client can notice. */
function cutLists(value: unknown, cut: (list: unknown[]) => unknown[], zeroTotals: boolean): unknown {
  if (Array.isArray(value)) return cut(value);
  if (typeof value !== 'object' || value === null) return value;
  const total = /^(totalrecord(s|count)|results|pages)$/i;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]): [string, unknown] => {
      if (Array.isArray(part)) return [name, cut(part)];
      if (name === 'pageInfo') return [name, cutLists(part, cut, zeroTotals)];
      return [name, zeroTotals && typeof part === 'number' && total.test(name) ? 0 : part];
    }),
  );
}

import type { IncomingMessage } from 'node:http';
import { faultKinds, type FaultKind, type Faults } from './faults.ts';
import { empty, fieldsOf, json, type Call, type Reply } from './http.ts';

/** One line of a server's log of what it was asked. */
export type Logged = {
  method: string;
  path: string;
  query: string;
  headers: IncomingMessage['headers'];
  body: string;
  status: number;
  /** When it came and when it was answered, so that a test can tell how many were under way at once. */
  cameMs: number;
  answeredMs: number | null;
};

type Controls = {
  faults: Faults;
  requests: Logged[];
  settle: () => Promise<void>;
  /** What one simulator alone can be told; undefined for a word that it does not know. */
  more: (call: Call) => Reply | undefined | Promise<Reply | undefined>;
};

const isKind = (value: unknown): value is FaultKind => faultKinds.some((kind) => kind === value);

/** `/__sim/…`: how a person or a browser test makes a running simulator misbehave. */
export function control({ faults, requests, settle, more }: Controls) {
  return async (call: Call): Promise<Reply | undefined> => {
    if (!call.path.startsWith('/__sim/')) return undefined;
    switch (`${call.method} ${call.path}`) {
      case 'POST /__sim/faults':
        return addFault(faults, fieldsOf(call));
      case 'DELETE /__sim/faults':
        faults.clear();
        return empty(204);
      case 'GET /__sim/requests':
        return json(200, requests.slice(-500));
      case 'POST /__sim/settle':
        await settle();
        return empty(204);
      case 'DELETE /__sim/requests':
        requests.length = 0;
        return empty(204);
      default:
        return (await more(call)) ?? empty(404);
    }
  };
}

function addFault(
  faults: Faults,
  { path, kind, times, method, delayMs, retryAfterS }: Record<string, unknown>,
): Reply {
  if (typeof path !== 'string' || !isKind(kind))
    return json(400, { message: `path and kind (${faultKinds.join(', ')}) are needed` });
  faults.add({
    path,
    kind,
    ...(typeof times === 'number' ? { times } : {}),
    ...(typeof method === 'string' ? { method } : {}),
    ...(typeof delayMs === 'number' ? { delayMs } : {}),
    ...(typeof retryAfterS === 'number' ? { retryAfterS } : {}),
  });
  return empty(204);
}

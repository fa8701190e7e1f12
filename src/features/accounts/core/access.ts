import type { Role } from './person.ts';

/** What somebody must be to make a request. */
export type Access = 'public' | Role;

type AccessRule = { methods: readonly string[]; path: RegExp; needs: Access };

const READ = ['GET', 'HEAD'];
const ANY = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * The whole answer to "who may do what", first match wins. It is one list so that it can be read, and so that a
 * forgotten route is refused: what nobody thought of needs an admin.
 */
const rules: readonly AccessRule[] = [
  { methods: READ, path: /^\/(_app|favicon\.svg|robots\.txt)(\/|$)/, needs: 'public' },
  { methods: READ, path: /^\/health$/, needs: 'public' },
  { methods: READ, path: /^\/metrics$/, needs: 'readonly' },

  { methods: READ, path: /^\/api\/v1\/openapi\.json$/, needs: 'public' },
  { methods: ['GET', 'POST'], path: /^\/api\/v1\/setup$/, needs: 'public' },
  { methods: ['POST'], path: /^\/api\/v1\/auth\/sign-in$/, needs: 'public' },
  { methods: ['GET', 'POST'], path: /^\/api\/v1\/auth\/(sign-out|session|password)$/, needs: 'readonly' },
  { methods: ANY, path: /^\/api\/v1\/auth\//, needs: 'admin' },
  {
    methods: READ,
    path: /^\/api\/v1\/(services|sources|sync-runs|drift|settings|logs|jobs|queues|timetables|users|notifications|models)(\/|$)/,
    needs: 'admin',
  },
  { methods: ['POST'], path: /^\/api\/v1\/media\/[^/]+\/keep$/, needs: 'user' }, // asks for oneself
  { methods: ['DELETE'], path: /^\/api\/v1\/keep-requests\/[^/]+$/, needs: 'user' }, // only one's own
  { methods: READ, path: /^\/api\/v1\//, needs: 'readonly' },

  { methods: ANY, path: /^\/(sign-in|welcome|preferences)$/, needs: 'public' },
  { methods: [...READ, 'POST'], path: /^\/keep\/[\w-]+$/, needs: 'public' }, // the token in the address is the right to come in
  { methods: ['POST'], path: /^\/(sign-out|account)$/, needs: 'readonly' },
  { methods: ['POST'], path: /^\/leaving$/, needs: 'user' }, // the answers of admins go to /leaving/requests
  { methods: ANY, path: /^\/(settings|logs|jobs|welcome)(\/|$)/, needs: 'admin' },
  { methods: READ, path: /^\//, needs: 'readonly' },
];

/** `path` is the path of the address, without the query. */
export function accessTo(method: string, path: string): Access {
  const read = asRead(path);
  if (read === null) return 'admin';
  return rules.find((rule) => rule.methods.includes(method) && rule.path.test(read))?.needs ?? 'admin';
}

/** As whoever finds the page reads it: `/%6cogs` leads to the logs too. Null is what nobody can read. */
function asRead(path: string): string | null {
  try {
    return path.split('%25').map(decodeURI).join('%25');
  } catch {
    return null;
  }
}

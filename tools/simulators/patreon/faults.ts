import type { Fault, FaultKind } from '../faults.ts';
import { redirect, type Reply } from '../http.ts';
import { challenge, loginPage, problem } from './problems.ts';

const instead: Partial<Record<FaultKind, (retryAfterS: number | undefined) => Reply>> = {
  '401': () => problem(401),
  '403': () => problem(403),
  '429': (retryAfterS = 2) => problem(429, undefined, retryAfterS),
  '500': () => problem(500),
  '503': (retryAfterS = 5) => problem(503, undefined, retryAfterS),
  'bad-request': () => problem(400),
  'not-found': () => problem(404),
  upgrade: () => problem(426),
  challenge,
  html: loginPage,
  'login-page': loginPage,
  redirect: () => redirect(302, '/login?ru=%2Fhome'),
};

/** The faults of every simulator, as Patreon and what stands before it put them. */
export const patreonFault = ({ kind, retryAfterS }: Pick<Fault, 'kind' | 'retryAfterS'>): Reply | undefined =>
  instead[kind]?.(retryAfterS);

import type { Call, Reply } from '../http.ts';
import { sessionOf } from './access.ts';
import type { Patreon } from './house.ts';
import { problem } from './problems.ts';

/** What stands in front of the API: the age of the app, the number of calls, the cookie. Undefined lets the call in. */
export function guard(house: Patreon, call: Call): Reply | undefined {
  if (!call.path.startsWith('/api/')) return undefined;
  const { minAppVersion, rate, deadSession } = house.settings;
  const app = /^Patreon\/(\d+)/.exec(call.headers['user-agent'] ?? '');
  if (app && Number(app[1]) < minAppVersion) return problem(426);
  if (rate && isOften(house, rate)) return problem(429, undefined, rate.retryAfterS);
  if (deadSession === '401' && sessionOf(house, call.headers) === 'dead') return problem(401);
  return undefined;
}

function isOften(house: Patreon, { calls, windowMs }: { calls: number; windowMs: number }): boolean {
  const now = house.now();
  house.recentCalls = house.recentCalls.filter((at) => now - at < windowMs);
  if (house.recentCalls.length >= calls) return true;
  house.recentCalls.push(now);
  return false;
}

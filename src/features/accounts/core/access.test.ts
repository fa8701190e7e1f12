import { expect, test } from 'vitest';
import { accessTo } from './access.ts';

test.each([
  ['GET', '/health', 'public'],
  ['GET', '/metrics', 'readonly'],
  ['GET', '/_app/immutable/entry/start.js', 'public'],
  ['GET', '/', 'readonly'],
  ['GET', '/media', 'readonly'],
  ['POST', '/media/a-1', 'admin'],
  ['GET', '/settings/services', 'admin'],
  ['GET', '/logs', 'admin'],
  ['GET', '/jobs', 'admin'],
  ['POST', '/jobs', 'admin'],
  ['GET', '/api/v1/jobs', 'admin'],
  ['GET', '/api/v1/queues', 'admin'],
  ['GET', '/api/v1/timetables', 'admin'],
  ['POST', '/api/v1/jobs/j-1/cancel', 'admin'],
  ['GET', '/keep/some-token_1', 'public'],
  ['POST', '/keep/some-token_1', 'public'],
  ['DELETE', '/keep/some-token_1', 'admin'],
  ['GET', '/keep/some/other', 'readonly'],
  ['GET', '/api/v1/notifications/channels', 'admin'],
  ['GET', '/welcome', 'public'],
  ['GET', '/welcome/service', 'admin'],
  ['POST', '/sign-out', 'readonly'],
  ['GET', '/api/v1/media', 'readonly'],
  ['DELETE', '/api/v1/media/a-1', 'admin'],
  ['POST', '/api/v1/media/a-1/keep', 'user'],
  ['POST', '/api/v1/media/a-1/exclude', 'admin'],
  ['DELETE', '/api/v1/keep-requests/r-1', 'user'],
  ['POST', '/api/v1/keep-requests/r-1/accept', 'admin'],
  ['POST', '/leaving', 'user'],
  ['POST', '/leaving/requests', 'admin'],
  ['GET', '/api/v1/services', 'admin'],
  ['POST', '/api/v1/auth/sign-in', 'public'],
  ['POST', '/api/v1/auth/keys', 'admin'],
  ['OPTIONS', '/api/v1/media', 'admin'],
])('%s %s needs %s', (method, path, needs) => {
  expect(accessTo(method, path)).toBe(needs);
});

test('T-72: what nobody thought of needs an admin', () => {
  expect(accessTo('POST', '/something/new')).toBe('admin');
  expect(accessTo('PROPFIND', '/')).toBe('admin');
});

test.each([
  ['GET', '/%73ettings/services', 'admin'],
  ['GET', '/%6cogs', 'admin'],
  ['GET', '/welcome/%73ervice', 'admin'],
  ['GET', '/api/v1/%6eotifications/people', 'admin'],
  ['GET', '/%', 'admin'],
  ['GET', '/media/%25', 'readonly'],
  ['GET', '/media/caf%C3%A9', 'readonly'],
  ['POST', '/ke%65p/some-token_1', 'public'],
  ['GET', '/keep/some%2Ftoken', 'readonly'],
])('a letter written as its number opens nothing: %s %s needs %s', (method, path, needs) => {
  expect(accessTo(method, path)).toBe(needs);
});

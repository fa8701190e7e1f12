import { expect, test } from 'vitest';
import { redactEntry, redactText } from './redact.ts';

test.each([
  'Authorization: Bearer kc_abcdefghijkl',
  'authorization: basic YWJjZGVmZ2hpamtsbW5v kc_',
  'Cookie: theme=dark; keepercheky.session_token=kc_abcdefghijkl',
  'MediaBrowser Token="kc_abcdefghijkl"',
  'GET /x?api_key=kc_abcdefghijkl&y=1',
  'X-Emby-Token: kc_abcdefghijkl',
  'http://ana:kc_abcdefghijkl@nas:7878/radarr',
  '{"accessToken":"kc_abcdefghijkl"}',
])('no secret stays in %s', (text) => {
  expect(redactText(text)).not.toMatch(/kc_abcdefghijkl|YWJjZGVm/);
});

test('no secret stays under its name in an entry, however deep', () => {
  const entry = {
    body: { newPassword: 'a', currentPassword: 'b', sealedKey: 'c', session_token: 'd', kept: 'e' },
  };
  expect(redactEntry(entry)).toEqual({
    body: {
      newPassword: '[hidden]',
      currentPassword: '[hidden]',
      sealedKey: '[hidden]',
      session_token: '[hidden]',
      kept: 'e',
    },
  });
});

test('ordinary sentences stay as they are', () => {
  const text = 'Radarr is online; the bearer of bad news: 3 titles, basic profile';
  expect(redactText(text)).toBe(text);
});

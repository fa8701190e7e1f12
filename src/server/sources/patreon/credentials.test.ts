import { expect, test } from 'vitest';
import { readCredentials } from './credentials.ts';

const SESSION = 'k3y_aB-9x.Zw%2Fq';

test.each([
  ['the bare value', SESSION],
  ['with its name', `session_id=${SESSION}`],
  ['the line of a request', `patreon_device_id=1f-2; session_id=${SESSION}; a_csrf=x%3D`],
  ['with the name of the header', `Cookie: __cf_bm=abc; session_id=${SESSION}`],
  ['an answer’s header', `Set-Cookie: session_id=${SESSION}; Path=/; HttpOnly; Secure`],
  ['in quotes', `"session_id=${SESSION}"`],
  ['with a quoted value', `session_id="${SESSION}"`],
  ['in curly quotes', `“${SESSION}”`],
  ['encoded as in an address', `session_id%3D${encodeURIComponent(SESSION)}`],
  ['with spaces and a line end', `  session_id=${SESSION}\n`],
  ['as a table of the browser shows it', `session_id: ${SESSION}`],
  ['as a line of cookies.txt', `.patreon.com\tTRUE\t/\tTRUE\t1799999999\tsession_id\t${SESSION}`],
  ['with a mark that is not seen', `\ufeff${SESSION}\u200b`],
])('a cookie is taken %s', (_, pasted) => {
  expect(readCredentials({ session_id: pasted })).toEqual({ ok: true, value: { session_id: SESSION } });
});

test.each([
  ['nothing', '', 'missing'],
  ['only spaces', '  \n', 'missing'],
  ['only quotes', '""', 'missing'],
  ['the cookie of the device', 'patreon_device_id=0f3a-77', 'another-cookie'],
  ['many cookies without the one', '__cf_bm=a; cf_clearance=b', 'another-cookie'],
  ['a cookie that nobody knows', 'my_session=abc', 'another-cookie'],
  ['the name alone', 'session_id=', 'empty-value'],
  ['a value that the table cut off', 'session_id=aBcDeF…', 'cut-short'],
  ['a sentence', 'here is my cookie', 'not-a-cookie'],
  ['a value with a break in it', 'session_id=abc def', 'not-a-cookie'],
])('%s is refused beside its field', (_, pasted, code) => {
  expect(readCredentials({ session_id: pasted })).toEqual({
    ok: false,
    error: [{ field: 'session_id', code }],
  });
});

test('a form without the field lacks it', () => {
  expect(readCredentials({})).toMatchObject({ ok: false, error: [{ code: 'missing' }] });
});

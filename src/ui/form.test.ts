import { expect, test } from 'vitest';
import { z } from 'zod';
import { parseForm, readForm, refuse } from './form.ts';

const schema = z.object({
  username: z.string().min(3).max(5),
  email: z.email().optional(),
  url: z.url().optional(),
  days: z.coerce.number().int().min(1).max(90).optional(),
  kind: z.enum(['radarr', 'sonarr']).optional(),
  tags: z.union([z.string(), z.array(z.string())]).optional(),
  password: z.string().optional(),
  apiKey: z.string().optional(),
});

const form = (entries: [string, string][]) => {
  const data = new FormData();
  for (const [name, value] of entries) data.append(name, value);
  return data;
};

const codes = (entries: [string, string][]) => {
  const read = parseForm(form(entries), schema);
  return read.ok ? {} : read.state.errors;
};

test('gives the parsed value', async () => {
  const body = new URLSearchParams({ username: 'ana', days: '30' });
  const request = new Request('http://localhost/', { method: 'POST', body });
  expect(await readForm(request, schema)).toMatchObject({ ok: true, value: { username: 'ana', days: 30 } });
});

test('keeps what was typed, but no password and no key', () => {
  const read = parseForm(
    form([
      ['username', 'a'],
      ['password', 'x'],
      ['apiKey', 'y'],
      ['email', 'a@b.es'],
    ]),
    schema,
  );
  expect(read.ok ? {} : read.state.values).toEqual({ username: 'a', email: 'a@b.es' });
});

test('says that an empty or missing field is required', () => {
  expect(codes([])).toEqual({ username: [{ code: 'required' }] });
  expect(codes([['username', '']])).toEqual({ username: [{ code: 'required' }] });
});

test.each([
  ['username', 'ab', { code: 'too-short', params: { min: 3 } }],
  ['username', 'abcdef', { code: 'too-long', params: { max: 5 } }],
  ['email', 'nobody', { code: 'not-an-email' }],
  ['url', 'radarr', { code: 'not-a-url' }],
  ['days', 'many', { code: 'not-a-number' }],
  ['days', '1.5', { code: 'not-whole' }],
  ['days', '-1', { code: 'too-small', params: { min: 1 } }],
  ['days', '91', { code: 'too-big', params: { max: 90 } }],
  ['kind', 'plex', { code: 'not-a-choice' }],
])('turns a wrong %s (%s) into a code', (name, value, error) => {
  expect(
    codes(
      [
        ['username', 'anna'],
        [name, value],
      ].slice(name === 'username' ? 1 : 0) as [string, string][],
    )[name],
  ).toEqual([error]);
});

test('lets a schema say its own code', () => {
  const own = z.object({ name: z.string().refine(() => false, 'username-taken') });
  const read = parseForm(form([['name', 'ana']]), own);
  expect(read.ok ? {} : read.state.errors).toEqual({ name: [{ code: 'username-taken' }] });
});

test('gives a repeated name as a list', () => {
  const read = parseForm(
    form([
      ['username', 'ana'],
      ['tags', 'keep'],
      ['tags', 'kids'],
    ]),
    schema,
  );
  expect(read.ok ? read.value.tags : null).toEqual(['keep', 'kids']);
});

test('takes what the service refused, for a field or for the whole form', () => {
  expect(
    refuse({ username: 'ana' }, { '': { code: 'too-many-attempts' }, username: 'username-taken' }),
  ).toEqual({
    values: { username: 'ana' },
    errors: { '': [{ code: 'too-many-attempts' }], username: [{ code: 'username-taken' }] },
  });
});

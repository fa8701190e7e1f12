import { expect, test } from 'vitest';
import { checkJson, isStorable, readBody } from './request-body.ts';

const post = (body: string | ReadableStream, headers: Record<string, string> = {}) =>
  new Request('http://nas/', { method: 'POST', body, headers, duplex: 'half' } as RequestInit);

/** As a client sends that does not know how long its body will be. */
const inChunks = (...chunks: string[]) =>
  new ReadableStream<Uint8Array>({
    start: (stream) => {
      for (const chunk of chunks) stream.enqueue(new TextEncoder().encode(chunk));
      stream.close();
    },
  });

test('a body is read whole, in however many chunks it comes', async () => {
  expect(await readBody(post(inChunks('{"a', '":1}')), 100)).toEqual({ ok: true, value: '{"a":1}' });
  expect(await readBody(new Request('http://nas/', { method: 'POST' }), 100)).toEqual({
    ok: true,
    value: '',
  });
});

test('a body that is too large is refused, whether it says its length or not', async () => {
  const tooLarge = { ok: false, error: { code: 'too-large' } };
  expect(await readBody(post('123456', { 'content-length': '6' }), 5)).toEqual(tooLarge);
  expect(await readBody(post(inChunks('123', '456')), 5)).toEqual(tooLarge);
});

test('what is no JSON says where', () => {
  expect(checkJson('{"a":')).toMatchObject({ ok: false, error: { code: 'not-json' } });
  expect(checkJson('['.repeat(100_000) + ']'.repeat(100_000))).toMatchObject({
    ok: false,
    error: { code: 'not-json', why: 'too deep' },
  });
});

test.each(['{"a":"\\u0000"}', '{"\\u0000":1}', '["\\ud800"]'])('%s cannot be stored', (text) => {
  expect(checkJson(text)).toEqual({ ok: false, error: { code: 'bad-text' } });
});

test('whole characters can be stored, and a backslash before u0000 is only a backslash', () => {
  expect(checkJson('{"a":["\\ud83d\\ude00","\\\\u0000"]}').ok).toBe(true);
  expect(isStorable('año 😀')).toBe(true);
});

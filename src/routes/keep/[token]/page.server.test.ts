import { expect, test } from 'vitest';
import { ok } from '#core/result.ts';
import { load } from './+page.server.ts';

/** What the page answers to whoever opens it. */
async function headersOf(): Promise<Record<string, string>> {
  const told: Record<string, string> = {};
  const event = {
    locals: { app: { notifications: { keepLinks: { look: async () => ok({ is: 'unknown' }) } } } },
    params: { token: 'x' },
    getClientAddress: () => '10.0.0.1',
    setHeaders: (headers: Record<string, string>) => void Object.assign(told, headers),
  };
  await load(event as unknown as Parameters<typeof load>[0]);
  return told;
}

test('the address of a keep link goes to nobody, and its button can still be pressed', async () => {
  const policy = (await headersOf())['referrer-policy'];
  // Fetch, "append a request Origin header": a form is posted with `Origin: null` under this one, and Kit refuses it.
  expect(policy).not.toBe('no-referrer');
  expect(policy).toBe('strict-origin');
});

test('nobody keeps the page', async () => {
  expect(await headersOf()).toMatchObject({
    'cache-control': 'no-store',
    'x-robots-tag': 'noindex, nofollow',
  });
});

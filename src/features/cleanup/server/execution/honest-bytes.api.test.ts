import { expect, test } from 'vitest';
import type { ItemId } from '#core/ids.ts';
import { noBytes } from '../../core/removal/honest-bytes.ts';
import { honestBytesApi } from './honest-bytes.api.ts';

test('one call tells of all items together and of each', async () => {
  const asked: ItemId[][] = [];
  const bytes = { ...noBytes, freesNow: 5, unseen: { files: 1, bytes: 9 } };
  const api = honestBytesApi(async (ids) => {
    asked.push([...ids]);
    return { total: bytes, items: new Map([['a-1' as ItemId, bytes]]), silent: ['Deluge'] };
  });
  const answer = await api.request('/honest-bytes?ids=a-1,b-2');
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({
    total: bytes,
    items: [{ itemId: 'a-1', bytes }],
    silent: ['Deluge'],
  });
  expect(asked).toEqual([['a-1', 'b-2']]);
});

test('without items there is nothing to ask', async () => {
  const api = honestBytesApi(() => Promise.reject(new Error('asked')));
  expect((await api.request('/honest-bytes')).status).toBe(400);
  expect((await api.request('/honest-bytes?ids=a&all=1')).status).toBe(400);
});

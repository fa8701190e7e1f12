import { expect, onTestFinished, test } from 'vitest';
import { seedHousehold } from '../seed.ts';
import { startCompanions } from './companions.ts';
import { startHousehold } from './start.ts';

test('beside the household somebody seeds its downloads, counts its plays and takes its messages and listens', async () => {
  const home = await startHousehold(seedHousehold({ films: 60, series: 6, users: 4 }));
  const companions = await startCompanions(home.world);
  onTestFinished(async () => {
    await companions.close();
    await home.close();
  });
  const { qbittorrent, jellystat, receivers, mail, openai } = companions;

  const [torrent] = qbittorrent.torrents.all();
  const [file] = torrent?.files ?? [];
  expect(home.world.storage.lookAt(`${torrent?.savePath ?? ''}/${file?.name ?? ''}`)?.names).toBe(2);

  const told = await fetch(`${jellystat.url}/stats/getPlaybackActivity?size=5`, {
    headers: { 'x-api-token': jellystat.apiKey },
  });
  expect(((await told.json()) as { results: unknown[] }).results).toHaveLength(5);

  const taken = await fetch(receivers.url, {
    method: 'POST',
    headers: { authorization: `Bearer ${receivers.secrets.ntfy}`, 'content-type': 'application/json' },
    body: JSON.stringify({ topic: 'house', message: 'Hello' }),
  });
  expect(taken.status).toBe(200);
  expect(receivers.received.map(({ kind }) => kind)).toEqual(['ntfy']);
  expect(mail.port).toBeGreaterThan(0);

  const models = await fetch(`${openai.url}/v1/models`, {
    headers: { authorization: `Bearer ${openai.apiKey}` },
  });
  expect(((await models.json()) as { data: { id: string }[] }).data.map(({ id }) => id)).toEqual([
    'whisper-1',
    'multilingual-e5-small',
  ]);
});

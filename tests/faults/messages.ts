import { expect } from 'vitest';
import type { Run } from '../../src/features/cleanup/core/removal/removal.ts';
import type { House } from './house.ts';
import { alive, struck, type Row, type Scene } from './scene.ts';
import * as say from './words.ts';

/** Whatever is wrong with a service, people hear of it. */
export async function notify(scene: Scene, last: Run): Promise<string> {
  const { news, receivers } = scene.house;
  const heard = receivers.received.length;
  await struck(scene, async () => {
    await news.runsEnded([last]);
    await deliver(scene.house);
  });
  expect(receivers.received.length).toBe(heard + 1);
  return 'sent';
}

async function deliver({ notifications, clock }: House): Promise<void> {
  clock.pass(60 * 60_000);
  for (const { id } of await notifications.channels.list()) await notifications.deliver.deliver(id, alive);
}

/** The row of the one who carries the messages: it is late, and comes as soon as it can. */
export async function walkToReceiver({ house, weather, kind }: Omit<Scene, 'service'>): Promise<Row> {
  const run = { ...(await house.runs.list({ limit: 1, before: null }))[0] } as Run;
  const heard = house.receivers.received.length;
  weather.strike(house.receivers, kind);
  await house.news.runsEnded([{ ...run, id: `${run.id}/again` as Run['id'] }]);
  await deliver(house);
  weather.clear();
  const [delivery] = await house.notifications.deliver.list();
  if (delivery?.state === 'pending') await deliver(house);
  if (delivery?.state !== 'failed') expect(house.receivers.received.length).toBeGreaterThan(heard);
  return { notification: say.delivery(delivery) };
}

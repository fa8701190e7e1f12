import { seedPatronage } from '../seed/patreon/seed.ts';
import { startJellystat, type JellystatSimulator } from './jellystat/start.ts';
import { recordingsOf } from './openai/recordings.ts';
import { startOpenai, type OpenaiSimulator } from './openai/start.ts';
import { startPatreon, type PatreonSimulator } from './patreon/start.ts';
import { startQbittorrent, type QbittorrentSimulator } from './qbittorrent/start.ts';
import type { ReceiversSimulator } from './receivers/house.ts';
import { startMail, type MailSimulator } from './receivers/mail.ts';
import { startReceivers } from './receivers/start.ts';
import type { World } from './world.ts';

export type CompanionsOptions = {
  /** The first of six ports in a row, after those of the household; free ones when left out. */
  portBase?: number;
  host?: string;
};

export type Companions = {
  qbittorrent: QbittorrentSimulator;
  jellystat: JellystatSimulator;
  receivers: ReceiversSimulator;
  mail: MailSimulator;
  patreon: PatreonSimulator;
  openai: OpenaiSimulator;
  close: () => Promise<void>;
};

/** What runs beside the services that the library is read from: who seeds, who counts plays, who takes messages, who is paid, and who listens. */
export async function startCompanions(
  world: World,
  { portBase, host }: CompanionsOptions = {},
): Promise<Companions> {
  const at = (offset: number) => ({
    ...(portBase === undefined ? {} : { port: portBase + offset }),
    ...(host === undefined ? {} : { host }),
  });
  const qbittorrent = await startQbittorrent(world, at(0));
  const jellystat = await startJellystat(world, at(1));
  const receivers = await startReceivers(at(2));
  const mail = await startMail({ plain: true });
  const patronage = seedPatronage();
  const patreon = await startPatreon(patronage, at(3));
  // After the two of Patreon.
  const openai = await startOpenai({ ...at(5), recordings: recordingsOf(patronage) });
  return {
    qbittorrent,
    jellystat,
    receivers,
    mail,
    patreon,
    openai,
    close: async () => {
      await Promise.all([qbittorrent, jellystat, receivers, mail, patreon, openai].map((one) => one.close()));
    },
  };
}

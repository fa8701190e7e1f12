import type { ChannelSettings } from '#features/notifications/core/channel.ts';
import type { Outgoing } from '#features/notifications/server/ports.ts';
import { startMail, type MailOptions, type MailSimulator } from '#tools/simulators/receivers/mail.ts';

export const mailUser = { name: 'house', password: 'correct horse battery' };

/** Opens mail servers that know the house, and closes all of them. */
export function mailServers() {
  const opened: MailSimulator[] = [];
  return {
    async open(options: MailOptions = {}): Promise<MailSimulator> {
      const server = await startMail({ user: mailUser, ...options });
      opened.push(server);
      return server;
    },
    close: () => Promise.all(opened.map((one) => one.close())),
  };
}

export const mailSettings = (port: number): Extract<ChannelSettings, { kind: 'email' }> => ({
  kind: 'email',
  host: '127.0.0.1',
  port,
  security: 'none',
  user: mailUser.name,
  from: 'keeper@example.org',
  to: ['ana@example.org', 'bea@example.org'],
});

export const aMessage = (parts: Partial<Outgoing> = {}): Outgoing => ({
  id: 'd-1',
  topic: 'leaving-soon',
  at: new Date('2026-11-21T10:00:00Z'),
  notices: [],
  language: 'en',
  title: '2 titles leave soon',
  lines: [
    { text: 'Dune (2021) – 1 December 2026' },
    { text: 'Alien – 2 December', link: { label: 'Keep it', url: 'https://keep.example.org/keep/abc' } },
  ],
  link: { label: 'Open KeeperCheky', url: 'https://keep.example.org/leaving' },
  isUrgent: false,
  ...parts,
});

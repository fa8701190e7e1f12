import type { Companions } from '../simulators/companions.ts';
import type { Household } from '../seed/household.ts';
import type { ApiClient } from './client.ts';

type Told = Pick<Companions, 'receivers' | 'mail'>;

const everything = [
  'plan-made',
  'leaving-soon',
  'run-done',
  'run-stopped',
  'run-waiting',
  'service-down',
  'service-up',
];

const channelsOf = ({ receivers, mail }: Told) => [
  {
    name: 'House mail',
    topics: ['leaving-soon', 'run-done', 'run-stopped'],
    language: 'en',
    tellsRequesters: true,
    settings: {
      kind: 'email',
      host: mail.host,
      port: mail.port,
      security: 'none',
      user: null,
      from: 'keepercheky@salon.example',
      to: ['ana.garcia@salon.example'],
    },
  },
  {
    name: 'ntfy on my phone',
    topics: ['run-stopped', 'service-down', 'service-up'],
    language: 'en',
    settings: { kind: 'ntfy', url: receivers.url, topic: 'salon', priority: 3 },
    secret: receivers.secrets.ntfy,
  },
  {
    name: 'Discord, #salon',
    topics: everything,
    language: 'es',
    settings: { kind: 'discord' },
    secret: receivers.discordUrl,
  },
];

/** Where messages go, whom they reach, and one test message through each channel. */
export async function addChannels(
  api: ApiClient,
  { at, people, publicUrl }: { at: Told; people: Household['people']; publicUrl: string },
): Promise<void> {
  await api.patch('/notifications/settings', { publicUrl });
  for (const { name, email, seerrId, isDisabled } of people)
    if (seerrId !== null && !isDisabled)
      await api.put(`/notifications/people/${encodeURIComponent(name)}`, { email });
  for (const channel of channelsOf(at)) {
    const { id } = await api.post<{ id: string }>('/notifications/channels', channel);
    await api.post(`/notifications/channels/${id}/test`);
  }
}

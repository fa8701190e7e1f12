import { json, type Call, type Reply } from '../http.ts';
import { createRouter } from '../router.ts';
import { serve } from '../serve.ts';
import { discordRoutes, telegramRoutes } from './chats.ts';
import { secrets, type Receivers, type ReceiversSimulator } from './house.ts';
import { gotifyRoutes, ntfyRoutes, webhookRoutes } from './pushes.ts';

export type ReceiversOptions = { port?: number; host?: string; now?: () => Date };

/** Discord, Telegram, ntfy, Gotify and a webhook of somebody's own on one port: their paths do not meet. */
export async function startReceivers({
  port,
  host,
  now = () => new Date(),
}: ReceiversOptions = {}): Promise<ReceiversSimulator> {
  const house: Receivers = { secrets, telegramChats: ['-1001234', '4321'], received: [], limited: {} };
  const find = createRouter([
    ...discordRoutes(house),
    ...ntfyRoutes(house),
    ...gotifyRoutes(house),
    ...webhookRoutes(house, now),
    ...telegramRoutes(house),
  ]);
  const answer = (call: Call): Reply | Promise<Reply> => {
    const match = find(call);
    return match
      ? match.handler({ ...call, params: match.params })
      : json(404, { error: 'page not found', code: 40401, http: 404 });
  };
  const listening = await serve({ answer, port, host });
  const { discordId, discordToken } = secrets;
  return {
    ...listening,
    ...house,
    discordUrl: `${listening.url}/api/webhooks/${discordId}/${discordToken}`,
  };
}

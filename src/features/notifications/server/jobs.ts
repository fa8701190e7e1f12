import { z } from 'zod';
import { defineJob } from '#server/platform/jobs.ts';
import type { ChannelId } from '../core/channel.ts';
import type { DeliverService } from './deliver.service.ts';

export type DeliverPayload = { channelId: ChannelId };

/** What is to be sent stands in the database with its own retries; a job only looks there. */
export function notificationJobs(deliver: Pick<DeliverService, 'deliver'>, sweep: () => Promise<void>) {
  return {
    deliver: defineJob<DeliverPayload>({
      name: 'notifications.deliver',
      queue: 'maintenance',
      payload: z.object({ channelId: z.string().transform((id) => id as ChannelId) }),
      concurrency: 3,
      singletonKey: ({ channelId }) => channelId,
      run: ({ channelId }, { signal }) => deliver.deliver(channelId, signal),
    }),
    sweep: defineJob({
      name: 'notifications.sweep',
      queue: 'maintenance',
      payload: z.object({}),
      cron: '*/5 * * * *',
      retries: 0,
      singletonKey: () => 'sweep',
      run: sweep,
    }),
  };
}

import { z } from 'zod';
import { defineJob } from '#server/platform/jobs.ts';
import type { ConnectionsService } from './service.ts';

export const connectionsJobs = (connections: Pick<ConnectionsService, 'testAll'>) => [
  defineJob({
    name: 'connections.test-all',
    queue: 'maintenance',
    payload: z.object({}),
    cron: '*/5 * * * *',
    retries: 0, // the next one is never far
    singletonKey: () => 'all',
    run: () => connections.testAll(),
  }),
];

import { queueNames, usualConcurrency, type QueueName } from '#core/queues.ts';
import type { JobDesk } from '#server/platform/queue.ts';
import type { QueueView } from '../core/jobs.ts';

type Deps = {
  desk: JobDesk;
  known: () => readonly { name: string; queue: QueueName }[];
  log: { info(what: string, facts: object): void };
};

/** The queues as a whole: what is in them, how fast it goes, and the two things that can be changed. */
export function createQueuesService({ desk, known, log }: Deps) {
  return {
    async queues(): Promise<QueueView[]> {
      const [settings, counts, pace, hours] = await Promise.all([
        desk.settings(),
        desk.counts(),
        desk.pace(),
        desk.hours(),
      ]);
      return queueNames.map((name) => {
        const jobs = known().filter(({ queue }) => queue === name);
        const sum = (which: 'waiting' | 'active' | 'failed'): number =>
          jobs.reduce((total, job) => total + (counts[job.name]?.[which] ?? 0), 0);
        return {
          name,
          waiting: sum('waiting'),
          active: sum('active'),
          failed: sum('failed'),
          done: pace[name].lastDay.done,
          perMinute: pace[name].lastMinute,
          perHour: pace[name].lastHour,
          hours: hours[name],
          ...settings[name],
          usualConcurrency: usualConcurrency[name],
        };
      });
    },

    async pause(queue: QueueName, by: string): Promise<void> {
      log.info('a queue is paused', { queue, by });
      await desk.pause(queue);
    },

    async resume(queue: QueueName, by: string): Promise<void> {
      log.info('a queue goes on', { queue, by });
      await desk.resume(queue);
    },

    async setConcurrency(queue: QueueName, concurrency: number, by: string): Promise<void> {
      log.info('a queue has another concurrency', { queue, concurrency, by });
      await desk.setConcurrency(queue, concurrency);
    },
  };
}

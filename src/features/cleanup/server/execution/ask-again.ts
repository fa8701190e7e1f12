import type { AvailabilitySync } from '../ports.ts';
import type { RunLog } from './runs.ports.ts';

/**
 * After a run that removed something, each request server looks once what is still there, so that people can ask for it
 * again at once and not after its next nightly look. It changes nothing of the run, so a failure is only a note.
 */
export const createAskAgain =
  (servers: () => Promise<readonly { name: string; sync: AvailabilitySync }[]>, log: Pick<RunLog, 'warn'>) =>
  async (): Promise<void> => {
    for (const { name, sync } of await servers()) {
      const done = await sync();
      if (!done.ok)
        log.warn('A request server was not told to look what is gone; it looks by itself once a day', {
          name,
          ...done.error,
        });
    }
  };

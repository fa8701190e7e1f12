import { Cron } from 'croner';

/** Five fields, as the queue understands them too; names such as `@daily` are refused. */
export function isCron(cron: string): boolean {
  try {
    return /^\S+( +\S+){4}$/.test(cron.trim()) && new Cron(cron, { mode: '5-part' }).nextRun() !== null;
  } catch {
    return false;
  }
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return name !== '';
  } catch {
    return false;
  }
}

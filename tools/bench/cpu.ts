import { readFileSync } from 'node:fs';
import { familyOf } from './memory.ts';

/** The first number is how long a process was on a processor, in ns; its threads are not in it, and PostgreSQL has none. */
function spentBy(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return 0;
  }
}

/**
 * Tells how much processor time this process and those that it started have used, in ms: on a busy machine this says more
 * than a clock. Who was started later is not counted.
 */
export function openCpuMeter(): () => number {
  const children = familyOf(process.pid).filter((pid) => pid !== process.pid);
  return () => {
    const { user, system } = process.cpuUsage();
    return children.reduce((sum, pid) => sum + spentBy(pid), (user + system) / 1000);
  };
}

import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync, readdirSync } from 'node:fs';

/** A pid alone is reused; together with the moment its process started it names one process. */
export type ProcessIdentity = { pid: number; startedAt: string };

/** Null when no such process runs (a zombie counts as gone). */
export function identify(pid: number): ProcessIdentity | null {
  if (!Number.isInteger(pid) || pid <= 0) return null;
  const startedAt = process.platform === 'linux' ? startedAtLinux(pid) : startedAtElsewhere(pid);
  return startedAt === null ? null : { pid, startedAt };
}

export const isStillRunning = (known: ProcessIdentity): boolean =>
  identify(known.pid)?.startedAt === known.startedAt;

/** True when the process runs and its working folder is `folder`: a postmaster sits in its data folder. */
export function worksIn(pid: number, folder: string): boolean {
  if (identify(pid) === null) return false;
  try {
    return process.platform === 'linux'
      ? readlinkSync(`/proc/${pid}/cwd`) === folder
      : execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(folder);
  } catch {
    return false;
  }
}

/** Backends outlive a killed postmaster for a moment; they too sit in the data folder. Linux only; elsewhere PostgreSQL's own check stands alone. */
export function anyoneWorksIn(folder: string): boolean {
  if (process.platform !== 'linux') return false;
  return readdirSync('/proc').some((name) => /^\d+$/.test(name) && worksIn(Number(name), folder));
}

function startedAtLinux(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold spaces; the fields after it are state (3) … start time in ticks (22).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z') return null;
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}/${fields[19] ?? ''}`;
  } catch {
    return null;
  }
}

function startedAtElsewhere(pid: number): string | null {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}

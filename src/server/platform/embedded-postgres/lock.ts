import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { err, ok, type Result } from '#core/result.ts';
import { identify, isStillRunning } from './process-identity.ts';

/** Who uses a data folder. */
export type Holder = { pid: number; host: string; since: string; startedAs: string; startedAt: string };
export type Lock = { release: () => void };

/** A process on another machine or in another container cannot be asked, so a living holder touches its lock. */
const TOUCH_EVERY_MS = 5_000;
const ABANDONED_AFTER_MS = 20_000;

/** One instance per folder. A lock whose process is gone is taken over. */
export async function takeLock(file: string): Promise<Result<Lock, Holder>> {
  const mine = ownIdentity();
  const giveUpAt = Date.now() + ABANDONED_AFTER_MS + TOUCH_EVERY_MS;

  for (;;) {
    if (claim(file, mine)) return ok(keepAlive(file, mine));
    const holder = readHolder(file);
    if (holder === null) continue;
    if (isAbandoned(file, holder)) {
      removeIfStill(file, holder);
    } else if (holder.host === mine.host || Date.now() > giveUpAt) {
      return err(holder);
    } else {
      await wait(500); // another host: only the time of its last touch tells whether it lives
    }
  }
}

function ownIdentity(): Holder {
  return {
    pid: process.pid,
    host: hostname(),
    since: new Date().toISOString(),
    startedAs: process.argv.join(' '),
    startedAt: identify(process.pid)?.startedAt ?? '',
  };
}

/** Written aside and linked into place, so that nobody ever reads half a lock. */
function claim(file: string, mine: Holder): boolean {
  const draft = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  writeFileSync(draft, JSON.stringify(mine));
  try {
    linkSync(draft, file);
    return true;
  } catch (problem) {
    if ((problem as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw problem;
  } finally {
    rmSync(draft, { force: true });
  }
}

function readHolder(file: string): Holder | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch (problem) {
    if ((problem as NodeJS.ErrnoException).code === 'ENOENT') return null;
    if (!(problem instanceof SyntaxError)) throw problem;
    rmSync(file, { force: true }); // a full disk or a power cut left garbage; a living holder never writes such
    return null;
  }
}

const isAbandoned = (file: string, holder: Holder): boolean =>
  holder.host === hostname() ? !isStillRunning(holder) : lastTouchMs(file) < Date.now() - ABANDONED_AFTER_MS;

function lastTouchMs(file: string): number {
  try {
    return statSync(file).mtimeMs;
  } catch {
    return Date.now(); // gone meanwhile: look again
  }
}

/** Two starters may judge the same lock abandoned; the rename shows which lock was really taken away. */
function removeIfStill(file: string, judged: Holder): void {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (problem) {
    if ((problem as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw problem;
  }
  const taken = readHolder(aside);
  if (
    taken &&
    (taken.pid !== judged.pid || taken.startedAt !== judged.startedAt || taken.host !== judged.host)
  ) {
    try {
      linkSync(aside, file);
    } catch {
      // somebody else claimed it in between; the server's own postmaster.pid is the second guard
    }
  }
  rmSync(aside, { force: true });
}

function keepAlive(file: string, mine: Holder): Lock {
  const timer = setInterval(() => {
    try {
      utimesSync(file, new Date(), new Date());
    } catch {
      // the folder was removed under us; the server will say so itself
    }
  }, TOUCH_EVERY_MS);
  timer.unref();

  return {
    release: () => {
      clearInterval(timer);
      const holder = readHolder(file);
      if (holder?.pid === mine.pid && holder.since === mine.since) rmSync(file, { force: true });
    },
  };
}

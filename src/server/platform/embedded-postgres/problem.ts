import type { Holder } from './lock.ts';

/** Why the private server is not running. Each case is something a person can act on. */
export type StartProblem =
  | { code: 'postgres.held'; holder: Holder }
  | { code: 'postgres.disk-full'; folder: string }
  | { code: 'postgres.no-binaries'; platform: string; reason: string }
  | { code: 'postgres.no-user-to-run-as'; tried: readonly string[] }
  | { code: 'postgres.socket-folder-not-private'; folder: string; reason: string }
  | { code: 'postgres.other-version'; folder: string; found: string; wanted: string }
  | { code: 'postgres.orphan-does-not-stop'; pid: number }
  | { code: 'postgres.did-not-start'; folder: string; output: string };

/** One readable message per problem, for the command line and the log. */
export function describeStartProblem(problem: StartProblem): string {
  switch (problem.code) {
    case 'postgres.held':
      return (
        `The database folder is in use by process ${problem.holder.pid} on ${problem.holder.host} since ` +
        `${problem.holder.since} (started as: ${problem.holder.startedAs}). Stop that process, or give this one another DATA_DIR.`
      );
    case 'postgres.disk-full':
      return `The disk that holds ${problem.folder} is full. Free some space there and start again; no data was lost.`;
    case 'postgres.no-binaries':
      return `There is no private PostgreSQL for ${problem.platform} (${problem.reason}). Set DATABASE_URL to a PostgreSQL server of your own.`;
    case 'postgres.no-user-to-run-as':
      return (
        `PostgreSQL refuses to run as root, and changing to another user failed (${problem.tried.join('; ')}). ` +
        'Start the program as an ordinary user, move it and DATA_DIR out of folders only root may enter, or set DATABASE_URL.'
      );
    case 'postgres.socket-folder-not-private':
      return `The folder ${problem.folder} for the database socket ${problem.reason}. Remove it, or use a shorter DATA_DIR.`;
    case 'postgres.other-version':
      return (
        `The database in ${problem.folder} was made by PostgreSQL ${problem.found}; this program carries ${problem.wanted}. ` +
        'Restore a backup into an empty DATA_DIR, or start the program version that made it.'
      );
    case 'postgres.orphan-does-not-stop':
      return `An older PostgreSQL (process ${problem.pid}) still uses the database folder and does not stop. End that process and start again.`;
    case 'postgres.did-not-start':
      return `PostgreSQL did not start in ${problem.folder}:\n${problem.output}`;
  }
}

const DISK_FULL = /No space left on device|Disk quota exceeded|ENOSPC|EDQUOT/;

/** Reads the last words of initdb or postgres. */
export const explainOutput = (folder: string, output: string): StartProblem =>
  DISK_FULL.test(output)
    ? { code: 'postgres.disk-full', folder }
    : { code: 'postgres.did-not-start', folder, output: output.trim() || 'It said nothing.' };

/** Where the queue library keeps its tables. What it has no call for is asked there in SQL; its version is pinned. */
export const SCHEMA = 'jobs';

/** Jobs of the library itself, such as the one behind its time tables. */
export const OURS = `name not like '\\_\\_pgboss%'`;

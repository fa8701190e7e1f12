/** Holds a data folder until it is killed: `node tests/support/postgres-holder.ts <folder>`. Prints the pid of the server. */
import { openEmbeddedPostgres } from '../../src/server/platform/embedded-postgres.ts';

const server = await openEmbeddedPostgres({ dataDir: process.argv[2] ?? '', forgetful: true });
if (!server.ok) throw new Error(server.error.code);
process.stdout.write(`${server.value.pid}\n`);
setInterval(() => undefined, 60_000);

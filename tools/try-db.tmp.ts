import { openEmbeddedPostgres, describeStartProblem } from '../src/server/platform/embedded-postgres.ts';
import { openDb } from '../src/server/platform/db.ts';
const dir = process.argv[2]!;
const t0 = performance.now();
const server = await openEmbeddedPostgres({ dataDir: dir, log: (l) => console.log('pg:', l) });
if (!server.ok) { console.log(describeStartProblem(server.error)); process.exit(1); }
const t1 = performance.now();
const database = await openDb(server.value.address, {});
if (!database.ok) throw new Error('db');
console.log('start', t1 - t0, 'open', performance.now() - t1, server.value);
console.log((await database.value.pool.query('select version()')).rows);
if (process.argv[3] === 'hang') setInterval(() => {}, 1000);
else { await database.value.close(); const t2 = performance.now(); await server.value.stop(); console.log('stop', performance.now() - t2); }

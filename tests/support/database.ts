import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { inject } from 'vitest';
import { openDb, type Database } from '../../src/server/platform/db.ts';
import type { SocketAddress } from '../../src/server/platform/embedded-postgres.ts';

export type TestDatabase = Database & { address: SocketAddress };

/** A database of its own, made from the migrated template. Open it in `beforeAll` and close it in `afterAll`. */
export async function openTestDatabase({ maxConnections = 4 } = {}): Promise<TestDatabase> {
  const answer = JSON.parse(await text(connect(inject('testDatabases')))) as {
    address?: SocketAddress;
    problem?: string;
  };
  if (!answer.address) throw new Error(`No test database: ${answer.problem ?? 'no answer'}`);
  const opened = await openDb(answer.address, { maxConnections });
  if (!opened.ok) throw new Error(opened.error.code);
  return { ...opened.value, address: answer.address };
}

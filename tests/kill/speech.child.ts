/** Listens to one file to its end: `node speech.child.ts <address of the database> <sha> <path>`. */
import type { Sha256 } from '#core/ids.ts';
import { aSpeechHouse } from '#features/enrichment/server/speech/speech-house.fake.ts';
import { openDb } from '../../src/server/platform/db.ts';

const [databaseUrl = '', sha = '', path = ''] = process.argv.slice(2);
const opened = await openDb({ databaseUrl }, { maxConnections: 2 });
if (!opened.ok) throw new Error(opened.error.code);
const house = await aSpeechHouse(opened.value.db, [[sha as Sha256, path]]);
await house.transcribe(sha as Sha256);
await house.close();
await opened.value.close();

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is installed in a folder: the version of the program, and where the steps of its database lie. */
export const releaseAt = (root: string): { version: string; migrations: string } => ({
  version: (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version,
  migrations: join(root, 'migrations'),
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const versionOf = (root: string): string =>
  (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;

import { createHash } from 'node:crypto';

/** Half of a SHA-256, as PostgreSQL keeps sixteen bytes best: texts by the million never meet by chance. */
export function hashOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

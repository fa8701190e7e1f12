import { createHmac } from 'node:crypto';
import type { Patreon } from './house.ts';

const sign = (text: string): string =>
  createHmac('sha256', 'cursor').update(text).digest('base64url').slice(0, 22);

/** `03:<base64>:<signature>`: where the next page begins, and when it was said. */
export function writeCursor(house: Patreon, after: string): string {
  const text = Buffer.from(JSON.stringify({ after, born: house.now() })).toString('base64');
  return `03:${text}:${sign(text)}`;
}

export type Cursor =
  { state: 'first' } | { state: 'good'; after: string } | { state: 'dead' } | { state: 'forged' };

export function readCursor(house: Patreon, text: string | null): Cursor {
  if (text === null || text === '') return { state: 'first' };
  const [version, coded = '', signature] = text.split(':');
  if (version !== '03' || signature !== sign(coded)) return { state: 'forged' };
  const { after, born } = JSON.parse(Buffer.from(coded, 'base64').toString()) as {
    after: string;
    born: number;
  };
  const isDead = born < house.cursors.bornAfter || house.now() - born > house.settings.cursorLifeMs;
  return isDead ? { state: 'dead' } : { state: 'good', after };
}

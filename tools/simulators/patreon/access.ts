import type { IncomingMessage } from 'node:http';
import type { Creator, Post } from '../../seed/patreon/patronage.ts';
import type { Patreon } from './house.ts';

/** Who is asking: nobody, somebody whose cookie is dead, or the viewer. */
export type Session = 'none' | 'dead' | 'good';

export function sessionOf(house: Patreon, headers: IncomingMessage['headers']): Session {
  const value = cookieIn(headers, 'session_id');
  if (value === undefined) return 'none';
  const { session } = house.settings;
  return value === session.value && house.now() < session.expiresAt ? 'good' : 'dead';
}

function cookieIn({ cookie = '' }: IncomingMessage['headers'], name: string): string | undefined {
  for (const part of cookie.split(';')) {
    const [key = '', ...value] = part.trim().split('=');
    if (key === name) return value.join('=');
  }
  return undefined;
}

export const minCents = (creator: Creator, { access }: Post): number => {
  if (access.kind === 'public') return 0;
  if (access.kind === 'tier') return access.cents;
  return Math.min(...creator.tiers.filter(({ isFree }) => !isFree).map(({ amountCents }) => amountCents));
};

export function canView(
  house: Patreon,
  session: Session,
  { creator, post }: { creator: Creator; post: Post },
): boolean {
  if (post.access.kind === 'public' && house.viewable.get(post.id) !== false) return true;
  if (session !== 'good') return false;
  const told = house.viewable.get(post.id);
  if (told !== undefined) return told;
  return (creator.membership?.entitledCents ?? 0) >= minCents(creator, post);
}

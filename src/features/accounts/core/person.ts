import type { UserId } from '#core/ids.ts';

/** From the least to the most: who may look, who may also act for themselves, who may change everything. */
export const roles = ['readonly', 'user', 'admin'] as const;
export type Role = (typeof roles)[number];

export type Person = { id: UserId; name: string; username: string; role: Role };

export const isRole = (text: unknown): text is Role => roles.some((role) => role === text);

export const mayActAs = (person: Person, needed: Role): boolean =>
  roles.indexOf(person.role) >= roles.indexOf(needed);

/** Letters of any language, digits, dots and underscores; better-auth's own rule knows no accents. */
export const isUsername = (text: string): boolean => /^[\p{L}\p{N}._]{3,30}$/u.test(text);

import type { Person } from './household.ts';
import { daysBefore } from './moments.ts';
import { hexId, type Random } from './random.ts';

const names = [
  'Ana García',
  'Marcos',
  'Lucía',
  'Emma Whitlow',
  'Abuela Carmen',
  'Oliver',
  'Hugo',
  'Sophie Hale',
  'Irene',
  'Noah',
];

const emailOf = (name: string): string =>
  `${name
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/\W+/g, '.')}@salon.example`;

/** Everybody who watches, and one guest whose account is switched off. */
export function seedPeople(random: Random, count: number, familyLibrary: string, now: Date): Person[] {
  const people = Array.from({ length: count }, (_, index): Person => {
    const name =
      index < names.length
        ? (names[index] ?? '')
        : `${names[index % names.length] ?? ''} ${String(Math.floor(index / names.length) + 1)}`;
    return {
      name,
      email: emailOf(name),
      userId: hexId('user', name),
      seerrId: index === 4 ? null : index + 1,
      isAdmin: index === 0,
      isDisabled: false,
      // A child who sees the family library only (T-23).
      libraries: name === 'Hugo' ? [familyLibrary] : null,
      lastSeenAt: daysBefore(now, random.next() * 40),
    };
  });
  return [
    ...people,
    {
      name: 'Invitado',
      email: emailOf('Invitado'),
      userId: hexId('user', 'Invitado'),
      seerrId: null,
      isAdmin: false,
      isDisabled: true,
      libraries: null,
      lastSeenAt: daysBefore(now, 700),
    },
  ];
}

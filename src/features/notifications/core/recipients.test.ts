import { expect, test } from 'vitest';
import { aChannel, aTitle } from './build.fake.ts';
import type { ChannelId } from './channel.ts';
import { addressOf, requestersOf, routesTo, withRequestNames } from './recipients.ts';

const nobody = { email: null, ntfyTopic: null, telegramChat: null };
const known = [{ names: ['Ana García', 'ana'], email: 'ana@example.org' }];

test('an account is found by any of its names, in any case', () => {
  for (const name of ['ANA', ' ana ', 'ana garcía'])
    expect(addressOf(name, [], known).email).toBe('ana@example.org');
  expect(addressOf('bea', [], known)).toEqual({ name: 'bea', ...nobody });
});

test('an account called as in the media server is found by the name of the request server', () => {
  const asked = [
    { by: 'Ana at Seerr', mediaUser: 'ANA' },
    { by: 'Bea at Seerr', mediaUser: 'bea' },
  ];
  const people = withRequestNames(known, asked);
  expect(addressOf('ana at seerr', [], people).email).toBe('ana@example.org');
  expect(addressOf('Bea at Seerr', [], people).email).toBeNull();
});

test('what is written on the settings page wins, part by part', () => {
  const written = [
    { name: 'Ana', ...nobody, telegramChat: '4321' },
    { name: 'bea', ...nobody, email: 'bea@example.org' },
  ];
  expect(addressOf('ana', written, known)).toMatchObject({ email: 'ana@example.org', telegramChat: '4321' });
  expect(addressOf('Bea', written, known)).toMatchObject({ email: 'bea@example.org' });
});

test('a name that only looks alike is somebody else', () => {
  expect(addressOf('an', [], known).email).toBeNull();
  expect(addressOf('', [], [{ names: [''], email: 'x@example.org' }]).email).toBe('x@example.org');
});

test('only channels that carry messages to people are used, the first of each kind', () => {
  const mail = {
    kind: 'email',
    host: 'h',
    port: 25,
    security: 'none',
    user: null,
    from: 'a@b.c',
    to: [],
  } as const;
  const channel = (id: string, parts: object) => aChannel({ id: id as ChannelId, settings: mail, ...parts });
  const channels = [
    channel('off', { tellsRequesters: true, enabled: false }),
    channel('house', {}),
    channel('first', { tellsRequesters: true }),
    channel('second', { tellsRequesters: true }),
  ];
  const person = { name: 'ana', ...nobody, email: 'ana@example.org', ntfyTopic: 'ana' };
  expect(routesTo(person, channels)).toEqual([
    { channelId: 'first', address: 'ana@example.org', mostTitles: 50 },
  ]);
});

test('who asked for several things gets them together, however the name is written', () => {
  const titles = [aTitle({ requestedBy: ['Ana', 'bea'] }), aTitle({ title: 'Alien', requestedBy: ['ANA '] })];
  expect(
    requestersOf(titles).map(({ person, titles: own }) => [person, own.map(({ title }) => title)]),
  ).toEqual([
    ['Ana', ['Dune', 'Alien']],
    ['bea', ['Dune']],
  ]);
});

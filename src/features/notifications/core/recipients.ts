import type { LeavingTitle } from './event.ts';
import type { Channel, ChannelId } from './channel.ts';

/** Where one person can be told something, by the name that the request server or the media server knows them by. */
export type PersonAddress = {
  name: string;
  email: string | null;
  ntfyTopic: string | null;
  telegramChat: string | null;
};

/** Somebody with an account here; its names are compared with those of the request server. */
export type KnownPerson = { names: readonly string[]; email: string };

export const nameKey = (name: string): string => name.trim().normalize('NFC').toLowerCase();

/** An account is often called as in the media server, and the request server tells another name of the same person. */
export const withRequestNames = (
  people: readonly KnownPerson[],
  asked: readonly { by: string; mediaUser: string }[],
): KnownPerson[] =>
  people.map(({ names, email }) => {
    const own = new Set(names.map(nameKey));
    const more = asked.filter(({ mediaUser }) => own.has(nameKey(mediaUser))).map(({ by }) => by);
    return { names: [...names, ...more], email };
  });

/** What is written on the settings page wins, part by part; the address of an account fills what is missing. */
export function addressOf(
  name: string,
  written: readonly PersonAddress[],
  known: readonly KnownPerson[],
): PersonAddress {
  const key = nameKey(name);
  const own = written.find((one) => nameKey(one.name) === key);
  const account = known.find(({ names }) => names.some((one) => nameKey(one) === key));
  return {
    name,
    email: own?.email ?? account?.email ?? null,
    ntfyTopic: own?.ntfyTopic ?? null,
    telegramChat: own?.telegramChat ?? null,
  };
}

/** A link must never fall off the end of a message, so where texts are short a person is told of few titles at a time. */
const TITLES_IN_A_MAIL = 50;
const TITLES_IN_A_MESSAGE = 10;

export type Route = { channelId: ChannelId; address: string; mostTitles: number };

/** One way for each kind of address: the first channel of that kind that carries messages to people. */
export function routesTo(person: PersonAddress, channels: readonly Channel[]): Route[] {
  const through = (kind: Channel['settings']['kind'], address: string | null): Route[] => {
    const channel = channels.find((one) => one.enabled && one.tellsRequesters && one.settings.kind === kind);
    return channel && address !== null
      ? [
          {
            channelId: channel.id,
            address,
            mostTitles: kind === 'email' ? TITLES_IN_A_MAIL : TITLES_IN_A_MESSAGE,
          },
        ]
      : [];
  };
  return [
    ...through('email', person.email),
    ...through('telegram', person.telegramChat),
    ...through('ntfy', person.ntfyTopic),
  ];
}

/** Whoever asked for something that leaves, with what it is. Names that differ in case are one person. */
export function requestersOf(titles: readonly LeavingTitle[]): { person: string; titles: LeavingTitle[] }[] {
  const people = new Map<string, { person: string; titles: LeavingTitle[] }>();
  for (const title of titles) {
    for (const name of new Set(title.requestedBy.map((one) => one.trim()).filter((one) => one !== ''))) {
      const one = people.get(nameKey(name)) ?? { person: name, titles: [] };
      if (!one.titles.includes(title)) one.titles.push(title);
      people.set(nameKey(name), one);
    }
  }
  return [...people.values()];
}

import type { LeavingTitle } from '../core/event.ts';
import { listensTo } from '../core/channel.ts';
import { addressOf, nameKey, requestersOf, routesTo } from '../core/recipients.ts';
import type { ChannelStore, KnownPeople, NewDelivery, News, PeopleStore } from './ports.ts';

/** Makes messages of those of the news, by key, that were not told before. */
export type TellNew = (
  news: readonly News[],
  make: (fresh: ReadonlySet<string>) => readonly NewDelivery[],
) => Promise<void>;

export type TellLeavingDeps = {
  channels: Pick<ChannelStore, 'list'>;
  people: Pick<PeopleStore, 'list'>;
  knownPeople: KnownPeople;
  tellNew: TellNew;
};

/** What leaves soon: the house hears of all of it, whoever asked for a title hears of that one. */
export function createTellLeaving({ channels, people, knownPeople, tellNew }: TellLeavingDeps) {
  async function tellRequesters(titles: readonly LeavingTitle[]): Promise<void> {
    const carriers = (await channels.list()).filter(
      ({ enabled, tellsRequesters }) => enabled && tellsRequesters,
    );
    const requesters = requestersOf(titles);
    if (carriers.length === 0 || requesters.length === 0) return;
    const [written, known] = await Promise.all([people.list(), knownPeople()]);
    for (const { person, titles: asked } of requesters) {
      const routes = routesTo(addressOf(person, written, known), carriers);
      if (routes.length === 0) continue;
      await announce(`person ${nameKey(person)}`, asked, (fresh) =>
        routes.flatMap(({ mostTitles, ...route }) =>
          inParts(fresh, mostTitles).map((part) => ({
            ...route,
            notice: { topic: 'requested-leaving', person, titles: part },
          })),
        ),
      );
    }
  }

  /** Once per item and mark for each audience, so a channel that came later hears of everything, once. */
  async function announce(
    audience: string,
    titles: readonly LeavingTitle[],
    make: (fresh: readonly LeavingTitle[]) => readonly NewDelivery[],
  ): Promise<void> {
    const keyOf = ({ itemId, markedAt }: LeavingTitle) =>
      `leaving ${audience} ${itemId} ${markedAt.toISOString()}`;
    await tellNew(
      titles.map((title) => ({ key: keyOf(title), value: '' })),
      (fresh) => make(titles.filter((title) => fresh.has(keyOf(title)))),
    );
  }

  return async function tellLeaving(titles: readonly LeavingTitle[]): Promise<void> {
    if (titles.length === 0) return;
    for (const { id } of (await channels.list()).filter(listensTo('leaving-soon'))) {
      await announce(id, titles, (fresh) => [
        { channelId: id, address: null, notice: { topic: 'leaving-soon', titles: fresh } },
      ]);
    }
    await tellRequesters(titles);
  };
}

function inParts(titles: readonly LeavingTitle[], most: number): (readonly LeavingTitle[])[] {
  const count = Math.ceil(titles.length / most);
  return Array.from({ length: count }, (_, index) => titles.slice(index * most, (index + 1) * most));
}

import type { Channel, Topic } from '../core/channel.ts';
import type { LeavingTitle, NotificationEvent, Notice, PlanNews } from '../core/event.ts';
import { addressOf, nameKey, requestersOf, routesTo } from '../core/recipients.ts';
import { judgeChecks } from '../core/service-checks.ts';
import type {
  ChannelStore,
  Clock,
  DeliveryStore,
  KnownPeople,
  NewDelivery,
  News,
  PeopleStore,
  Wake,
} from './ports.ts';

export type TellDeps = {
  channels: Pick<ChannelStore, 'list'>;
  deliveries: Pick<DeliveryStore, 'tellNew' | 'tellChecks'>;
  people: Pick<PeopleStore, 'list'>;
  knownPeople: KnownPeople;
  wake: Wake;
  clock: Clock;
};

/** What comes in one breath goes out in one message: see `deliver.service.ts`. */
const GATHER_MS = 5_000;

/** Decides what of an event is news, to whom, and writes it down. Nothing is sent here. */
export function createTellService({ channels, deliveries, people, knownPeople, wake, clock }: TellDeps) {
  const listening = async (topic: Topic): Promise<Channel[]> =>
    (await channels.list()).filter((channel) => channel.enabled && channel.topics.includes(topic));

  async function toHouse(
    topic: Topic,
    news: readonly News[],
    notice: (fresh: ReadonlySet<string>) => Notice,
  ) {
    const heard = await listening(topic);
    if (heard.length === 0 || news.length === 0) return;
    await tellNew(news, (fresh) =>
      heard.map(({ id }) => ({ channelId: id, address: null, notice: notice(fresh) })),
    );
  }

  async function tellNew(
    news: readonly News[],
    make: (fresh: ReadonlySet<string>) => readonly NewDelivery[],
  ): Promise<void> {
    const now = clock.now();
    const reached = await deliveries.tellNew(news, make, now);
    for (const id of reached) await wake(id, new Date(now.getTime() + GATHER_MS));
  }

  /** A plan that says the same as the last one is no news: after every sync there is a plan. */
  const plansMade = (plans: readonly PlanNews[]) =>
    toHouse(
      'plan-made',
      plans.map((plan) => ({ key: planKey(plan), value: numbersOf(plan) })),
      (fresh) => ({ topic: 'plan-made', plans: plans.filter((plan) => fresh.has(planKey(plan))) }),
    );

  async function leavingSoon(titles: readonly LeavingTitle[]): Promise<void> {
    if (titles.length === 0) return;
    for (const { id } of await listening('leaving-soon')) {
      await announce(id, titles, (fresh) => [
        { channelId: id, address: null, notice: { topic: 'leaving-soon', titles: fresh } },
      ]);
    }
    await leavingToRequesters(titles);
  }

  async function leavingToRequesters(titles: readonly LeavingTitle[]): Promise<void> {
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

  async function servicesTested({ services }: Extract<NotificationEvent, { kind: 'services-tested' }>) {
    const all = (await channels.list()).filter(({ enabled }) => enabled);
    const now = clock.now();
    const reached = await deliveries.tellChecks((known) => {
      const { states, notices } = judgeChecks(known, services);
      const wanted = notices.flatMap((notice) =>
        all
          .filter(({ topics }) => topics.some((topic) => topic === notice.topic))
          .map(({ id }) => ({ channelId: id, address: null, notice })),
      );
      return { states, deliveries: wanted };
    }, now);
    for (const id of reached) await wake(id, new Date(now.getTime() + GATHER_MS));
  }

  return {
    /** A run is told once, even when the job that ended it ran twice. */
    async tell(event: NotificationEvent): Promise<void> {
      switch (event.kind) {
        case 'plans-made':
          return plansMade(event.plans);
        case 'leaving-soon':
          return leavingSoon(event.titles);
        case 'run-done': {
          const { run } = event;
          return toHouse('run-done', [runNews(run)], () => ({ topic: 'run-done', run }));
        }
        case 'run-stopped': {
          const { run } = event;
          return toHouse('run-stopped', [runNews(run)], () => ({ topic: 'run-stopped', run }));
        }
        case 'run-waiting': {
          // every night anew until somebody answers, but only told again when it is about something else
          const { run } = event;
          const news = { key: `waiting ${run.policyId}`, value: `${run.items} ${run.bytes}` };
          return toHouse('run-waiting', [news], () => ({ topic: 'run-waiting', run }));
        }
        case 'source-stopped': {
          const { source } = event;
          const news = { key: `source ${source.id}`, value: `${source.why} ${source.since}` };
          return toHouse('source-stopped', [news], () => ({ topic: 'source-stopped', source }));
        }
        case 'source-expiring': {
          const { source } = event;
          const news = { key: `expiring ${source.id}`, value: source.expiresAt };
          return toHouse('source-expiring', [news], () => ({ topic: 'source-expiring', source }));
        }
        case 'services-tested':
          return servicesTested(event);
        default:
          return event satisfies never;
      }
    },
  };
}

const runNews = ({ runId }: { runId: string }): News => ({ key: `run ${runId}`, value: '' });

const planKey = ({ policyId }: PlanNews): string => `plan ${policyId}`;

const numbersOf = ({ armed, remove, leavingSoon, trips }: PlanNews): string =>
  JSON.stringify([armed, remove.items, remove.bytes, leavingSoon.items, [...trips].sort()]);

function inParts(titles: readonly LeavingTitle[], most: number): (readonly LeavingTitle[])[] {
  const count = Math.ceil(titles.length / most);
  return Array.from({ length: count }, (_, index) => titles.slice(index * most, (index + 1) * most));
}

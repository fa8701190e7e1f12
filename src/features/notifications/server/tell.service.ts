import { listensTo, type Topic } from '../core/channel.ts';
import type { NotificationEvent, Notice, PlanNews } from '../core/event.ts';
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
import { createTellLeaving } from './tell-leaving.ts';

export type TellDeps = {
  channels: Pick<ChannelStore, 'list'>;
  deliveries: Pick<DeliveryStore, 'tellNew' | 'tellChecks'>;
  people: Pick<PeopleStore, 'list'>;
  knownPeople: KnownPeople;
  wake: Wake;
  clock: Clock;
};

/** What comes in one breath goes out in one message: see `send-claimed.ts`. */
const GATHER_MS = 5_000;

/** Decides what of an event is news, to whom, and writes it down. Nothing is sent here. */
export function createTellService({ channels, deliveries, people, knownPeople, wake, clock }: TellDeps) {
  async function toHouse(
    topic: Topic,
    news: readonly News[],
    notice: (fresh: ReadonlySet<string>) => Notice,
  ) {
    const heard = (await channels.list()).filter(listensTo(topic));
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

  const tellLeaving = createTellLeaving({ channels, people, knownPeople, tellNew });

  /** A plan that says the same as the last one is no news: after every sync there is a plan. */
  const plansMade = (plans: readonly PlanNews[]) =>
    toHouse(
      'plan-made',
      plans.map((plan) => ({ key: planKey(plan), value: numbersOf(plan) })),
      (fresh) => ({ topic: 'plan-made', plans: plans.filter((plan) => fresh.has(planKey(plan))) }),
    );

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
          return tellLeaving(event.titles);
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

import { isMediaServer, type Connection } from '#features/connections/core/connection.ts';
import { probeText } from '#features/connections/ui/words.ts';
import type { BreakerTrip } from '#features/cleanup/core/plan/plan.ts';
import type { Policy } from '#features/cleanup/core/policy/policy.ts';
import { tripText } from '#features/cleanup/ui/breaker-words.ts';
import type { Source } from '#features/library/core/source.ts';
import { syncProblemText } from '#features/library/ui/source-words.ts';
import { m } from '#i18n/messages.js';
import { getLocale } from '#i18n/runtime.js';
import { formatCount } from '#ui/format.ts';

export type Attention = { tone: 'error' | 'warning' | 'info'; text: string; href: string };

type Watched = {
  services: readonly Pick<Connection, 'name' | 'kind' | 'enabled' | 'health'>[];
  sources: readonly Pick<Source, 'name' | 'problem'>[];
  policies: readonly {
    policy: Pick<Policy, 'id' | 'name' | 'enabled' | 'armed'>;
    breaker: readonly BreakerTrip[];
  }[];
  unknown: number;
  /** Wishes of people that wait for an admin. */
  asked: number;
  now: Date;
};

/** Everything on the dashboard that somebody should look at. */
export const findAttention = ({ services, sources, policies, unknown, asked, now }: Watched): Attention[] => [
  ...services.flatMap(ofService),
  ...(services.some(({ kind, enabled }) => enabled && isMediaServer(kind))
    ? []
    : [warn(m.dashboard_attention_no_media(), '/settings/services')]),
  ...sources.flatMap(({ name, problem }) =>
    problem
      ? [warn(m.dashboard_attention_read({ name, problem: syncProblemText(problem) }), '/settings/services')]
      : [],
  ),
  ...policies.flatMap((one) => ofTripped(one, now)),
  ...ofDry(policies),
  ...(asked > 0
    ? [
        {
          tone: 'info' as const,
          text: m.dashboard_attention_keep({ count: asked, number: formatCount(asked, getLocale()) }),
          href: '/leaving',
        },
      ]
    : []),
  ...(unknown > 0
    ? [
        {
          tone: 'info' as const,
          text: m.dashboard_attention_unknown({ count: unknown, number: formatCount(unknown, getLocale()) }),
          href: '/media?status=unknown',
        },
      ]
    : []),
];

const warn = (text: string, href: string): Attention => ({ tone: 'warning', text, href });

function ofService({ name, enabled, health }: Watched['services'][number]): Attention[] {
  const href = '/settings/services';
  if (!enabled) return [];
  if (health.state === 'offline')
    return [
      { tone: 'error', text: m.dashboard_attention_offline({ name, why: probeText(health.why) }), href },
    ];
  if (health.state === 'degraded')
    return [warn(m.dashboard_attention_degraded({ name, why: health.why }), href)];
  return [];
}

function ofTripped({ policy, breaker }: Watched['policies'][number], now: Date): Attention[] {
  const [trip] = breaker;
  if (!policy.enabled || !trip) return [];
  const text = m.dashboard_attention_breaker({ policy: policy.name, why: tripText(trip, now) });
  return [{ tone: 'error', text, href: `/schedules/${policy.id}/plan` }];
}

/** All of them in one line: who tries out five policies should still see what is broken. */
function ofDry(policies: Watched['policies']): Attention[] {
  const dry = policies.filter(({ policy, breaker }) => policy.enabled && !policy.armed && !breaker[0]);
  const [first] = dry;
  if (!first) return [];
  const { id, name } = first.policy;
  if (dry.length === 1)
    return [
      { tone: 'info', text: m.dashboard_attention_dry({ policy: name }), href: `/schedules/${id}/plan` },
    ];
  const number = formatCount(dry.length, getLocale());
  return [{ tone: 'info', text: m.dashboard_attention_dry_many({ number }), href: '/schedules' }];
}

import type { PolicyId } from '#core/ids.ts';
import { freePercent } from '#features/library/core/disk.ts';
import type { Plan } from '#features/cleanup/core/plan.ts';
import type { PolicyDraft } from '#features/cleanup/core/policy.ts';
import { policyForm, policyFormErrors } from '#features/cleanup/server/policy-form.schemas.ts';
import { cronOf, valuesOfForm, type PolicyValues } from '#features/cleanup/ui/policy-values.ts';
import { parseForm, type FormState } from '#ui/form.ts';

type App = globalThis.App.Locals['app'];

/** What the page shows after each of its buttons. */
export type PolicyAnswer = {
  values: PolicyValues;
  errors: FormState['errors'];
  preview: ReturnType<typeof outlookOf> | null;
};

export const answer = (values: PolicyValues, more: Partial<PolicyAnswer> = {}): PolicyAnswer => ({
  values,
  errors: {},
  preview: null,
  ...more,
});

type Read = { ok: true; values: PolicyValues; draft: PolicyDraft } | { ok: false; answer: PolicyAnswer };

/** Rows that were left empty do not count; a time of day becomes the cron line that it stands for. */
export function readPolicy(data: FormData): Read {
  const values = valuesOfForm(data);
  const cron = cronOf(values);
  const tiers = values.tiers.filter((row) => row.freeBelowPercent.trim() !== '' || row.maxAge.trim() !== '');
  const kept = { ...values, tiers };
  data.delete('freeBelowPercent');
  data.delete('maxAge');
  for (const row of tiers) {
    data.append('freeBelowPercent', row.freeBelowPercent);
    data.append('maxAge', row.maxAge);
  }
  data.set('cron', cron ?? '');

  const form = parseForm(data, policyForm);
  const timeErrors: FormState['errors'] = cron === null ? { time: [{ code: 'policy.time-missing' }] } : {};
  if (form.ok && cron !== null) return { ok: true, values: kept, draft: form.value };
  const errors = { ...(form.ok ? {} : form.state.errors), ...timeErrors };
  return { ok: false, answer: answer(kept, { errors }) };
}

/** One row more or one less, for browsers without a script. */
export function changeRows(data: FormData): PolicyAnswer {
  const values = valuesOfForm(data);
  const without = data.get('without');
  const tiers =
    typeof without === 'string'
      ? values.tiers.toSpliced(Number(without), 1)
      : [...values.tiers, { freeBelowPercent: '', maxAge: '' }];
  return answer({ ...values, tiers });
}

const FIRST_SHOWN = 8;

/** A plan has an entry for every title; a page needs the totals and the first that go. */
export const outlookOf = ({ totals, disks, breaker, entries }: Plan, { target }: PolicyDraft) => ({
  totals,
  disks,
  breaker,
  target,
  first: entries.filter(({ fate }) => fate.is === 'remove').slice(0, FIRST_SHOWN),
});

/** What a run with this draft would do; a mistake that only the service sees stands beside its field too. */
export async function previewPolicy(
  { planning }: App,
  data: FormData,
  id?: PolicyId,
): Promise<{ ok: boolean; answer: PolicyAnswer }> {
  const form = readPolicy(data);
  if (!form.ok) return form;
  const { values, draft } = form;
  const plan = await planning.preview(id === undefined ? { draft } : { id, draft });
  if (plan.ok) return { ok: true, answer: answer(values, { preview: outlookOf(plan.value, draft) }) };
  const problems = plan.error.code === 'cleanup.policy-invalid' ? plan.error.problems : [];
  return { ok: false, answer: answer(values, { errors: policyFormErrors(problems) }) };
}

const MOST_TAGS = 15;

/** What the fields offer. */
export async function choicesOf({ connections, library, planning }: App) {
  const [services, disks, { tags }] = await Promise.all([
    connections.list(),
    library.disks(),
    planning.mediaChoices(),
  ]);
  return {
    services: services.filter(({ kind }) => kind === 'radarr' || kind === 'sonarr'),
    disks: disks.map((disk) => {
      const free = freePercent(disk);
      return { id: disk.id, path: disk.path, freePercent: free.known ? free.value : null };
    }),
    tags: tags.slice(0, MOST_TAGS),
    timeZones: Intl.supportedValuesOf('timeZone'),
  };
}

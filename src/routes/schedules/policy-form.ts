import type { PolicyId } from '#core/ids.ts';
import { freePercent } from '#features/library/core/disk.ts';
import type { Plan } from '#features/cleanup/core/plan/plan.ts';
import type { PolicyDraft, PolicyKind } from '#features/cleanup/core/policy/policy.ts';
import { policyForm, policyFormErrors } from '#features/cleanup/server/policies/policy-form.schemas.ts';
import type { PolicyChoices, PolicyPreview } from '#features/cleanup/ui/policy-choices.ts';
import {
  cronOf,
  valuesOfForm,
  type PolicyValues,
  type TagRow,
  type TierRow,
} from '#features/cleanup/ui/policy-values.ts';
import { showCalled, showChoices, type ShowChoice } from '#features/cleanup/ui/show-choice.ts';
import { parseForm, type FormState } from '#ui/form.ts';

type App = globalThis.App.Locals['app'];

/** What the page shows after each of its buttons. */
export type PolicyAnswer = {
  values: PolicyValues;
  errors: FormState['errors'];
  preview: PolicyPreview | null;
};

export const answer = (values: PolicyValues, more: Partial<PolicyAnswer> = {}): PolicyAnswer => ({
  values,
  errors: {},
  preview: null,
  ...more,
});

type Read = { ok: true; values: PolicyValues; draft: PolicyDraft } | { ok: false; answer: PolicyAnswer };

/**
 * Rows that were left empty do not count; a time of day becomes the cron line that it stands for; a series that was typed
 * and not added yet is added.
 */
export function readPolicy(data: FormData, shows: readonly ShowChoice[] = []): Read {
  const { values, errors: showErrors } = withShow(withoutEmptyRows(valuesOfForm(data)), shows);
  const cron = cronOf(values);
  writeRows(data, values);
  data.set('cron', cron ?? '');

  const form = parseForm(data, policyForm);
  const timeErrors: FormState['errors'] = cron === null ? { time: [{ code: 'policy.time-missing' }] } : {};
  const ownErrors = { ...timeErrors, ...showErrors };
  if (form.ok && Object.keys(ownErrors).length === 0) return { ok: true, values, draft: form.value };
  const errors = { ...(form.ok ? {} : form.state.errors), ...ownErrors };
  return { ok: false, answer: answer(values, { errors }) };
}

const isFilled = (row: TierRow | TagRow): boolean => Object.values(row).some((text) => text.trim() !== '');

const withoutEmptyRows = (values: PolicyValues): PolicyValues => ({
  ...values,
  tiers: values.tiers.filter(isFilled),
  tags: values.tags.filter(isFilled),
});

/** The rows as they count, in the place of those that were posted. */
function writeRows(data: FormData, { tiers, tags, showIds }: PolicyValues): void {
  const columns = {
    freeBelowPercent: tiers.map((row) => row.freeBelowPercent),
    maxAge: tiers.map((row) => row.maxAge),
    tag: tags.map((row) => row.tag),
    tagMaxAge: tags.map((row) => row.maxAge),
    tagGate: tags.map((row) => row.gate),
    showIds,
  };
  for (const [name, texts] of Object.entries(columns)) {
    data.delete(name);
    for (const text of texts) data.append(name, text);
  }
}

/** What stands in the field for series, as one of those that are chosen; what is none of them stays in the field. */
function withShow(
  values: PolicyValues,
  shows: readonly ShowChoice[],
): Pick<PolicyAnswer, 'values' | 'errors'> {
  if (values.kind !== 'episodes' || values.showTitle.trim() === '') return { values, errors: {} };
  const show = showCalled(values.showTitle, shows);
  if (show === null) return { values, errors: { showTitle: [{ code: 'policy.show-unknown' }] } };
  const showIds = [...new Set([...values.showIds, show.id])];
  return { values: { ...values, showIds, showTitle: '' }, errors: {} };
}

/** One row more or one less, for browsers without a script. */
export function changeRows(data: FormData, shows: readonly ShowChoice[]): PolicyAnswer {
  const values = valuesOfForm(data);
  const asked = (name: string) => data.get(name) ?? '';
  const at = (name: string) => Number(asked(name));
  if (data.has('without')) return answer({ ...values, tiers: values.tiers.toSpliced(at('without'), 1) });
  if (data.has('withoutTag')) return answer({ ...values, tags: values.tags.toSpliced(at('withoutTag'), 1) });
  if (data.has('withoutShow')) {
    const showIds = values.showIds.filter((id) => id !== asked('withoutShow'));
    return answer({ ...values, showIds });
  }
  if (data.has('moreShows')) {
    const { values: kept, errors } = withShow(values, shows);
    return answer(kept, { errors });
  }
  if (data.has('moreTags')) {
    return answer({ ...values, tags: [...values.tags, { tag: '', maxAge: '', gate: '' }] });
  }
  return answer({ ...values, tiers: [...values.tiers, { freeBelowPercent: '', maxAge: '' }] });
}

const FIRST_SHOWN = 8;

/** A plan has an entry for every title; a page needs the totals and the first that go. */
export const outlookOf = (
  { totals, disks, breaker, entries }: Plan,
  { target }: PolicyDraft,
): PolicyPreview => ({
  totals,
  disks,
  breaker,
  target,
  first: entries.filter(({ fate }) => fate.is === 'remove').slice(0, FIRST_SHOWN),
});

/** What a run with this draft would do; a mistake that only the service sees stands beside its field too. */
export async function previewPolicy(
  app: App,
  data: FormData,
  id?: PolicyId,
): Promise<{ ok: boolean; answer: PolicyAnswer }> {
  const form = readPolicy(data, await showsFor(app, data));
  if (!form.ok) return form;
  const { values, draft } = form;
  const plan = await app.planning.preview(id === undefined ? { draft } : { id, draft });
  if (plan.ok) return { ok: true, answer: answer(values, { preview: outlookOf(plan.value, draft) }) };
  const problems = plan.error.code === 'cleanup.policy-invalid' ? plan.error.problems : [];
  return { ok: false, answer: answer(values, { errors: policyFormErrors(problems) }) };
}

/** No house has more series than these on one page's list. */
const MOST_SHOWS = 5000;

/** Every series of the library by its name, for the fields that name them. */
export async function showsOf({ planning, connections }: App): Promise<ShowChoice[]> {
  const [{ rows }, services] = await Promise.all([
    planning.searchMedia({ kinds: ['show'], sort: 'title', descending: false, offset: 0, limit: MOST_SHOWS }),
    connections.list(),
  ]);
  const names = new Map(services.map(({ id, name }) => [id, name]));
  return showChoices(
    rows.map(({ connectionId, ...show }) => ({ ...show, serviceName: names.get(connectionId) ?? '' })),
  );
}

/** Only when a name has to be found among them. */
export const showsFor = async (app: App, data: FormData): Promise<ShowChoice[]> =>
  data.get('kind') === 'episodes' && data.get('showTitle') ? showsOf(app) : [];

const MOST_TAGS = 50;

/** What the fields offer. */
export async function choicesOf(app: App, kind: PolicyKind): Promise<PolicyChoices> {
  const { connections, library, planning } = app;
  const [services, disks, { tags }, people, shows] = await Promise.all([
    connections.list(),
    library.disks(),
    planning.mediaChoices(),
    library.mediaUsers(),
    kind === 'episodes' ? showsOf(app) : [],
  ]);
  return {
    services: services
      .filter((one) => one.kind === 'radarr' || one.kind === 'sonarr')
      .map(({ id, name, kind: service }) => ({ id, name, kind: service })),
    disks: disks.map((disk) => {
      const free = freePercent(disk);
      return { id: disk.id, path: disk.path, freePercent: free.known ? free.value : null };
    }),
    tags: tags.slice(0, MOST_TAGS),
    shows,
    people: people.known ? [...people.value].sort((a, b) => a.localeCompare(b)) : null,
    timeZones: Intl.supportedValuesOf('timeZone'),
  };
}

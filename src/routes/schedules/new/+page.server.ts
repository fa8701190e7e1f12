import { fail, redirect } from '@sveltejs/kit';
import { defaultCaps, noTorrents, type PolicyDraft } from '#features/cleanup/core/policy.ts';
import { policyFormErrors } from '#features/cleanup/server/policy-form.schemas.ts';
import { valuesOfPolicy } from '#features/cleanup/ui/policy-values.ts';
import { savedNotice } from '#features/cleanup/ui/policy-notices.ts';
import { leaveFlash } from '#ui/flash.ts';
import { answer, changeRows, choicesOf, previewPolicy, readPolicy } from '../policy-form.ts';
import type { Actions, PageServerLoad } from './$types';

/** A careful start: late, long unseen, little at once. */
const start: PolicyDraft = {
  name: '',
  kind: 'disk-pressure',
  unit: 'film',
  cron: '0 4 * * *',
  timeZone: 'UTC',
  connectionIds: [],
  diskIds: [],
  tiers: [
    { freeBelowPercent: 20, maxAgeDays: 365 },
    { freeBelowPercent: 10, maxAgeDays: 180 },
  ],
  target: { unit: 'percent', value: 20 },
  leavingSoonDays: 14,
  ageBasis: 'newest-import',
  order: 'longest-unwatched',
  caps: defaultCaps,
  shows: 'any',
  keepsFirstSeason: false,
  midShowDays: 60,
  requestedWithinDays: 30,
  exclusionTags: [],
  favouritesProtect: true,
  favouriteUsers: [],
  halfWayProtects: true,
  addImportExclusion: false,
  removeRequests: true,
  needsApproval: false,
  torrents: noTorrents,
};

export const load: PageServerLoad = async ({ locals }) => {
  const [choices, { exclusionTags, leavingSoonDays }] = await Promise.all([
    choicesOf(locals.app),
    locals.app.settings.read(),
  ]);
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return { choices, values: valuesOfPolicy({ ...start, timeZone, exclusionTags, leavingSoonDays }) };
};

export const actions: Actions = {
  save: async ({ request, locals, cookies }) => {
    const form = readPolicy(await request.formData());
    if (!form.ok) return fail(400, form.answer);
    const saved = await locals.app.planning.addPolicy(form.draft);
    if (!saved.ok) return fail(400, answer(form.values, { errors: policyFormErrors(saved.error.problems) }));
    leaveFlash(cookies, savedNotice(saved.value));
    redirect(303, '/schedules');
  },
  preview: async ({ request, locals }) => {
    const shown = await previewPolicy(locals.app, await request.formData());
    return shown.ok ? shown.answer : fail(400, shown.answer);
  },
  rows: async ({ request }) => changeRows(await request.formData()),
};

import { error, fail, redirect } from '@sveltejs/kit';
import { mediaSettingsForm } from '#features/archive/server/media/media.schemas.ts';
import { isPlaySource } from '#features/connections/core/connection.ts';
import { connectionIdForm } from '#features/connections/server/schemas.ts';
import { answerPaths, type ServiceFormState } from '#features/connections/ui/form-answers.ts';
import { m } from '#i18n/messages.js';
import { leaveFlash } from '#ui/flash.ts';
import { readForm, refuse, type FormState } from '#ui/form.ts';
import { live } from '#ui/topics.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, depends }) => {
  depends(live('library'), live('archive'));
  const { library, connections, media, archive, jobs } = locals.app;
  const [disks, services, storage, sources, checks] = await Promise.all([
    library.disks(),
    connections.list(),
    media.storage.report(),
    archive.sources.list(),
    jobs.list({ name: 'archive.media-verify', limit: 1 }),
  ]);
  return {
    disks,
    connections: services.filter(({ kind }) => kind !== 'seerr' && !isPlaySource(kind)),
    storage,
    sources: sources.map(({ id, name, settings }) => ({ id, name, mostBytes: settings.mostBytes })),
    check: checks.items[0] ?? null,
  };
};

/** What each form of the page has to say. */
const none = {
  paths: null as ServiceFormState | null,
  limits: null as FormState | null,
  folder: null as FormState | null,
};

export const actions: Actions = {
  try: async ({ request, locals }) => {
    const form = await readForm(request, connectionIdForm);
    if (!form.ok) return fail(400, { ...none, paths: form.state });
    const tried = await locals.app.connections.tryPaths(form.value.id);
    if (!tried.ok && tried.error.code === 'connections.not-found') error(404);
    return { ...none, paths: answerPaths(form.values, tried) };
  },

  limits: async ({ request, locals, cookies }) => {
    const form = await readForm(request, mediaSettingsForm);
    if (!form.ok) return fail(400, { ...none, limits: form.state });
    await locals.app.media.storage.changeSettings(form.value);
    leaveFlash(cookies, { tone: 'success', text: m.media_storage_saved() });
    redirect(303, '/settings/files');
  },

  accept: async ({ locals, cookies }) => {
    const { why } = await locals.app.media.storage.accept();
    if (why !== null) return fail(409, { ...none, folder: refuse({}, { '': `store.${why}` }) });
    locals.app.events.publish('archive');
    leaveFlash(cookies, { tone: 'success', text: m.media_storage_accepted() });
    redirect(303, '/settings/files');
  },
};

import { error, fail, redirect } from '@sveltejs/kit';
import { newSourceForm } from '#features/archive/server/sources/sources.schemas.ts';
import { sourceRefusal } from '#features/archive/ui/source-refusal.ts';
import { m } from '#i18n/messages.js';
import { leaveFlash } from '#ui/flash.ts';
import { readForm, refuse } from '#ui/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  const plugins = locals.app.archive.sources.plugins();
  const plugin = plugins.find(({ id }) => id === url.searchParams.get('plugin')) ?? plugins[0] ?? error(404);
  return { plugins: plugins.map(({ id, name }) => ({ id, name })), plugin };
};

export const actions: Actions = {
  default: async ({ request, locals, cookies }) => {
    const { sources } = locals.app.archive;
    const form = await readForm(request, newSourceForm);
    if (!form.ok) return fail(400, form.state);
    const added = await sources.add(form.value);
    if (!added.ok) {
      const plugin = sources.plugin(form.value.plugin);
      return fail(400, refuse(form.values, sourceRefusal(added.error, plugin)));
    }
    const { id, name, state } = added.value;
    const isReady = state.is === 'ready';
    if (isReady) await sources.sync(id, locals.user?.name ?? null);
    leaveFlash(
      cookies,
      isReady
        ? { tone: 'success', text: m.source_added({ name }) }
        : { tone: 'warning', text: m.source_added_silent({ name }) },
    );
    redirect(303, `/settings/sources/${id}`);
  },
};

import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import {
  selectForm,
  signInForm,
  sourceSettingsForm,
} from '#features/archive/server/sources/sources.schemas.ts';
import { sourceRefusal } from '#features/archive/ui/source-refusal.ts';
import { m } from '#i18n/messages.js';
import { leaveFlash, type Flash } from '#ui/flash.ts';
import { readForm, refuse } from '#ui/form.ts';
import { live } from '#ui/topics.ts';
import type { Actions, PageServerLoad } from './$types';

const RUNS_SHOWN = 5;

async function sourceOf(locals: App.Locals, id: string) {
  const found = await locals.app.archive.sources.find(id);
  return found.ok ? found.value : error(404);
}

export const load: PageServerLoad = async ({ locals, params, depends }) => {
  depends(live('archive'));
  const { sources, runs, ledger } = locals.app.archive;
  const source = await sourceOf(locals, params.id);
  const [creators, syncs, drift] = await Promise.all([
    sources.creators(params.id),
    runs.list({ sourceId: source.id, limit: RUNS_SHOWN }),
    ledger.drift(),
  ]);
  return {
    source,
    plugin: sources.plugin(source.plugin),
    creators: creators.ok ? creators.value : [],
    runs: syncs,
    drift: drift.filter(({ plugin }) => plugin === source.plugin),
  };
};

type Event = Pick<RequestEvent<{ id: string }>, 'cookies'> & { params: { id: string } };

/** Back to the page itself, which says what happened. */
function done({ cookies, params }: Event, text: string, tone: Flash['tone'] = 'success'): never {
  leaveFlash(cookies, { tone, text });
  redirect(303, `/settings/sources/${params.id}`);
}

export const actions: Actions = {
  sync: async (event) => {
    const { name } = await sourceOf(event.locals, event.params.id);
    const started = await event.locals.app.archive.sources.sync(
      event.params.id,
      event.locals.user?.name ?? null,
    );
    if (!started.ok) return fail(409, refuse({}, sourceRefusal(started.error, null)));
    return done(
      event,
      started.value ? m.source_sync_queued({ name }) : m.source_sync_already({ name }),
      'info',
    );
  },

  check: async (event) => {
    const checked = await event.locals.app.archive.sources.check(event.params.id);
    if (!checked.ok) return fail(409, refuse({}, sourceRefusal(checked.error, null)));
    return done(event, m.source_checked({ name: checked.value.name }), 'info');
  },

  signIn: async (event) => {
    const { sources } = event.locals.app.archive;
    const form = await readForm(event.request, signInForm);
    if (!form.ok) return fail(400, form.state);
    const { plugin } = await sourceOf(event.locals, event.params.id);
    const signedIn = await sources.signIn(event.params.id, form.value.credentials);
    if (!signedIn.ok)
      return fail(400, refuse(form.values, sourceRefusal(signedIn.error, sources.plugin(plugin))));
    const { name, state } = signedIn.value;
    return state.is === 'ready'
      ? done(event, m.source_signed_in({ name }))
      : done(event, m.source_added_silent({ name }), 'warning');
  },

  signOut: async (event) => {
    const after = await event.locals.app.archive.sources.signOut(event.params.id);
    if (!after.ok) error(404);
    return done(event, m.source_signed_out_notice({ name: after.value.name }));
  },

  save: async (event) => {
    const form = await readForm(event.request, sourceSettingsForm);
    if (!form.ok) return fail(400, form.state);
    const changed = await event.locals.app.archive.sources.change(event.params.id, form.value);
    if (!changed.ok) return fail(409, refuse(form.values, sourceRefusal(changed.error, null)));
    return done(event, m.source_saved({ name: changed.value.name }));
  },

  creators: async (event) => {
    const form = await readForm(event.request, selectForm);
    if (!form.ok) return fail(400, form.state);
    const selected = await event.locals.app.archive.sources.select(event.params.id, form.value);
    if (!selected.ok) error(404);
    return done(event, m.source_creators_saved());
  },

  remove: async ({ locals, params, cookies }) => {
    const { name } = await sourceOf(locals, params.id);
    const removed = await locals.app.archive.sources.remove(params.id);
    if (!removed.ok) return fail(409, refuse({}, sourceRefusal(removed.error, null)));
    leaveFlash(cookies, { tone: 'success', text: m.source_removed({ name }) });
    redirect(303, '/settings/sources');
  },
};

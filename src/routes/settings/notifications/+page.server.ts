import { error, fail, redirect } from '@sveltejs/kit';
import { idForm, personForm, personNameForm, settingsForm } from '#features/notifications/server/schemas.ts';
import { refusalErrors, sendText } from '#features/notifications/ui/words.ts';
import { m } from '#i18n/messages.js';
import { leaveFlash } from '#ui/flash.ts';
import { readForm, refuse } from '#ui/form.ts';
import type { Actions, PageServerLoad } from './$types';

const HERE = '/settings/notifications';

export const load: PageServerLoad = async ({ locals }) => {
  const { channels, deliver, settings } = locals.app.notifications;
  const [all, last, { publicUrl, keepDays }, people] = await Promise.all([
    channels.list(),
    deliver.list(),
    settings.read(),
    settings.people(),
  ]);
  return {
    channels: all,
    deliveries: last.map(({ id, channelId, notice, state, problem, tries, createdAt }) => ({
      id,
      channel: all.find((channel) => channel.id === channelId)?.name ?? null,
      topic: notice.topic,
      person: 'person' in notice ? notice.person : null,
      state,
      problem,
      tries,
      createdAt,
    })),
    fields: { publicUrl: publicUrl ?? '', keepDays: String(keepDays) },
    usualUrl: publicUrl === null ? await settings.publicUrl() : null,
    people,
  };
};

export const actions: Actions = {
  test: async ({ request, locals, cookies }) => {
    const { channels } = locals.app.notifications;
    const form = await readForm(request, idForm);
    if (!form.ok) error(404);
    const [found, tested] = [await channels.find(form.value.id), await channels.test(form.value.id)];
    if (!found.ok || !tested.ok) error(404);
    const { name } = found.value;
    leaveFlash(
      cookies,
      tested.value.ok
        ? { tone: 'success', text: m.notify_test_sent({ name }) }
        : { tone: 'error', text: m.notify_test_failed({ name, reason: sendText(tested.value.error) }) },
    );
    redirect(303, HERE);
  },

  retry: async ({ request, locals, cookies }) => {
    const form = await readForm(request, idForm);
    const again = form.ok && (await locals.app.notifications.deliver.retry(form.value.id));
    if (!again || !again.ok) error(404);
    leaveFlash(cookies, { tone: 'success', text: m.notify_retried() });
    redirect(303, HERE);
  },

  settings: async ({ request, locals, cookies }) => {
    const form = await readForm(request, settingsForm);
    if (!form.ok) return fail(400, { settings: form.state });
    const { publicUrl = null, keepDays } = form.value;
    const changed = await locals.app.notifications.settings.change({ publicUrl, keepDays });
    if (!changed.ok) return fail(400, { settings: refuse(form.values, refusalErrors(changed.error)) });
    leaveFlash(cookies, { tone: 'success', text: m.notify_settings_saved() });
    redirect(303, HERE);
  },

  person: async ({ request, locals, cookies }) => {
    const form = await readForm(request, personForm);
    if (!form.ok) return fail(400, { person: form.state });
    const { person: name, email = null, ntfyTopic = null, telegramChat = null } = form.value;
    await locals.app.notifications.settings.savePerson({ name, email, ntfyTopic, telegramChat });
    leaveFlash(cookies, { tone: 'success', text: m.notify_person_saved({ name }) });
    redirect(303, HERE);
  },

  forget: async ({ request, locals, cookies }) => {
    const form = await readForm(request, personNameForm);
    if (!form.ok) error(404);
    const { person: name } = form.value;
    const gone = await locals.app.notifications.settings.removePerson(name);
    if (!gone.ok) error(404);
    leaveFlash(cookies, { tone: 'success', text: m.notify_person_forgotten({ name }) });
    redirect(303, HERE);
  },
};

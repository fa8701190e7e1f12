import { error, redirect } from '@sveltejs/kit';
import { connectionIdForm, connectionSwitchForm } from '#features/connections/server/schemas.ts';
import { probeText } from '#features/connections/ui/words.ts';
import { m } from '#i18n/messages.js';
import { leaveFlash, type Flash } from '#ui/flash.ts';
import { readForm } from '#ui/form.ts';
import { isPlaySource, type Connection } from '#features/connections/core/connection.ts';
import type { SyncProblem } from '#features/library/core/source.ts';
import { syncProblemText } from '#features/library/ui/source-words.ts';
import { live } from '#ui/topics.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, depends }) => {
  depends(live('services'));
  depends(live('library'));
  const [connections, sources, playReads] = await Promise.all([
    locals.app.connections.list(),
    locals.app.library.sources(),
    locals.app.library.playReads(),
  ]);
  return {
    services: connections.map((connection) => {
      const source = sources.find(({ connectionId }) => connectionId === connection.id);
      return {
        connection,
        read: source ? { count: source.count, lastSuccessAt: source.lastSuccessAt } : null,
        notice: playNotice(
          connection,
          playReads.find(({ connectionId }) => connectionId === connection.id)?.problem ?? null,
        ),
      };
    }),
  };
};

/** What a play source told before still counts, so its problem stops nothing; of a media server it is that of its plug-in. */
const playNotice = ({ kind, name }: Connection, problem: SyncProblem | null): string | null =>
  problem &&
  m.item_plays_kept({
    source: isPlaySource(kind) ? name : 'Playback Reporting',
    problem: syncProblemText(problem),
  });

export const actions: Actions = {
  test: async ({ request, locals, cookies }) => {
    const form = await readForm(request, connectionIdForm);
    const tested = form.ok && (await locals.app.connections.test(form.value.id));
    if (!tested || !tested.ok) error(404);
    leaveFlash(cookies, testNotice(tested.value));
    redirect(303, '/settings/services');
  },

  switch: async ({ request, locals, cookies }) => {
    const form = await readForm(request, connectionSwitchForm);
    if (!form.ok) error(404);
    const { id, enabled } = form.value;
    const changed = await locals.app.connections.update(id, { enabled });
    if (!changed.ok) error(404);
    const { name } = changed.value;
    leaveFlash(cookies, {
      tone: 'success',
      text: enabled ? m.service_switched_on({ name }) : m.service_switched_off({ name }),
    });
    redirect(303, '/settings/services');
  },
};

function testNotice({ name, health }: Connection): Flash {
  switch (health.state) {
    case 'online':
      return { tone: 'success', text: m.service_tested_online({ name, ...health }) };
    case 'degraded':
      return { tone: 'warning', text: m.service_works_but(health) };
    case 'offline':
      return { tone: 'error', text: m.service_tested_offline({ name, reason: probeText(health.why) }) };
    default:
      return { tone: 'info', text: name };
  }
}

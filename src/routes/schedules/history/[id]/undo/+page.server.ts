import { error, fail, redirect } from '@sveltejs/kit';
import type { Before } from '#features/cleanup/core/removal/title-settings.ts';
import { choiceOf, restoreForm } from '#features/cleanup/server/restore/restore.schemas.ts';
import { restoreProblem } from '#features/cleanup/ui/restore-words.ts';
import { m } from '#i18n/messages.js';
import { leaveFlash } from '#ui/flash.ts';
import { readForm } from '#ui/form.ts';
import { live } from '#ui/topics.ts';
import type { Actions, PageServerLoad } from './$types';

/** What undoing a removal would do, how far it has got, and what came of it. */
export const load: PageServerLoad = async ({ locals, params, depends }) => {
  depends(live('runs'));
  if (locals.user?.role !== 'admin') redirect(303, '/schedules/history');
  const { restoring, execution, library } = locals.app;
  const removal = await execution.removals.find(params.id);
  if (removal === null) error(404);
  const [preview, [restore = null]] = await Promise.all([
    restoring.preview(params.id),
    restoring.latest([params.id]),
  ]);
  const itemId = restore?.state.is === 'restored' ? restore.state.itemId : null;
  const isInLibrary = itemId !== null && (await library.findItem(itemId)) !== null;
  const base = { removal, restore, isInLibrary };
  if (!preview.ok) return { ...base, refused: preview.error.code, wish: null };
  const { before, now, problem, liftsExclusion } = preview.value;
  return {
    ...base,
    refused: null,
    wish: { ...wasOf(before), problem, liftsExclusion, now: now.ok ? now.value : null },
  };
};

const wasOf = ({ rootFolder, qualityProfile, tags }: Before) => ({
  rootFolder,
  qualityProfile: qualityProfile?.name ?? null,
  tags,
});

export const actions: Actions = {
  default: async ({ request, locals, params, cookies }) => {
    const form = await readForm(request, restoreForm);
    if (!form.ok || !locals.user) return fail(400, form.ok ? { values: {}, errors: {} } : form.state);
    const { restoring } = locals.app;
    const { id, name } = locals.user;
    const begun = await restoring.begin(params.id, { choice: choiceOf(form.value), by: { id, name } });
    if (begun.ok) await restoring.start();
    leaveFlash(
      cookies,
      begun.ok
        ? { tone: 'success', text: m.restore_begun({ title: begun.value.title }) }
        : { tone: 'warning', text: restoreProblem(begun.error.code) },
    );
    redirect(303, `/schedules/history/${params.id}/undo`);
  },
};

import { fail, redirect } from '@sveltejs/kit';
import type { ItemId } from '#core/ids.ts';
import { deleteForm } from '#features/cleanup/server/media/media.schemas.ts';
import { m } from '#i18n/messages.js';
import { getLocale } from '#i18n/runtime.js';
import { safeNext } from '#ui/cookies.ts';
import { leaveFlash } from '#ui/flash.ts';
import { readForm } from '#ui/form.ts';
import { formatCount } from '#ui/format.ts';
import type { Actions, PageServerLoad } from './$types';

const MOST = 200;

/** The question before deleting by hand, of one item or of many, with what it costs. Deletes nothing itself. */
export const load: PageServerLoad = async ({ locals, url }) => {
  const back = safeNext(url.searchParams.get('back') ?? '/media');
  if (locals.user?.role !== 'admin') redirect(303, back);
  const ids = [...new Set(url.searchParams.getAll('id'))].slice(0, MOST) as ItemId[];
  const [asked, honest] = await Promise.all([
    Promise.all(ids.map((id) => previewOf(locals.app, id))),
    locals.app.honestBytes(ids),
  ]);
  const connectionIds = asked.flatMap((one) => (one.ok ? one.item.connectionId : []));
  return {
    back,
    bins: connectionIds.length > 0 ? await locals.app.restoring.bins(connectionIds) : [],
    items: asked.flatMap((one) => (one.ok ? [one.item] : [])),
    refused: asked.flatMap((one) => (one.ok ? [] : [one.refused])),
    honest,
    twins: await locals.app.twinsOf(ids),
  };
};

async function previewOf({ execution, library, planning }: App.Locals['app'], id: ItemId) {
  const [preview, details, { status }] = await Promise.all([
    execution.byHand.preview(id),
    library.findItem(id),
    planning.mediaStatus(id),
  ]);
  const item = details?.item;
  if (!preview.ok || !item) {
    const code = preview.ok ? 'cleanup.item-not-found' : preview.error.code;
    return { ok: false as const, refused: { id, code, title: item?.title ?? id } };
  }
  const { kind, title, year, seasonNumber, episodes, connectionId } = item;
  const { bytes, files } = preview.value;
  const what = { id, kind, title, year, seasonNumber, episodes, connectionId };
  const shown = { ...what, bytes, fileCount: files.length };
  return { ok: true as const, item: { ...shown, isExcluded: status === 'excluded' } };
}

export const actions: Actions = {
  default: async ({ request, locals, cookies }) => {
    const form = await readForm(request, deleteForm);
    if (!form.ok || !locals.user) return fail(400, form.ok ? { values: {}, errors: {} } : form.state);
    const { id: ids, addImportExclusion, back } = form.value;
    const { execution, library } = locals.app;
    const [first] = ids;
    const title = first === undefined ? null : (await library.findItem(first))?.item.title;
    const byName = locals.user.name;
    let begun = 0;
    for (const id of ids) {
      if ((await execution.byHand.begin(id, { byName, addImportExclusion })).ok) begun += 1;
    }
    if (begun > 0) await execution.resume();
    const number = formatCount(begun, getLocale());
    const text =
      begun === 1 && title ? m.delete_begun_one({ title }) : m.delete_begun({ count: begun, number });
    leaveFlash(
      cookies,
      begun > 0 ? { tone: 'success', text } : { tone: 'warning', text: m.delete_nothing_text() },
    );
    redirect(303, safeNext(back));
  },
};

import { fail, redirect, type Cookies } from '@sveltejs/kit';
import type { ItemId } from '#core/ids.ts';
import { excludeForm, includeForm, undoForm } from '#features/cleanup/server/media/media.schemas.ts';
import { undoneFlash } from '#features/cleanup/ui/keep-words.ts';
import type { MediaRow } from '#features/cleanup/ui/media-row.ts';
import { mediaQueryOf } from '#features/cleanup/server/media/filter.schemas.ts';
import { m } from '#i18n/messages.js';
import { getLocale } from '#i18n/runtime.js';
import { safeNext } from '#ui/cookies.ts';
import { leaveFlash } from '#ui/flash.ts';
import { readForm } from '#ui/form.ts';
import { formatCount } from '#ui/format.ts';
import { live } from '#ui/topics.ts';
import type { Actions, PageServerLoad } from './$types';
import { asThePageWrites, isSame, readFilter } from './filter.ts';

const VIEW_COOKIE = 'media_view';
const YEAR_S = 31_536_000;

/** Asked for in the address, and remembered from then on; a link is enough, so it works without a script. */
function viewOf(url: URL, cookies: Cookies): 'grid' | 'table' {
  const asked = url.searchParams.get('view');
  if (asked === 'grid' || asked === 'table') {
    cookies.set(VIEW_COOKIE, asked, {
      path: '/',
      maxAge: YEAR_S,
      httpOnly: true,
      sameSite: 'lax',
      secure: false,
    });
    return asked;
  }
  return cookies.get(VIEW_COOKIE) === 'table' ? 'table' : 'grid';
}

export const load: PageServerLoad = async ({ locals, url, cookies, depends }) => {
  depends(live('library'), live('plans'));
  const { planning, connections, library } = locals.app;
  const view = viewOf(url, cookies);
  const asked = asThePageWrites(url.searchParams);
  if (!isSame(asked, url.searchParams))
    redirect(303, asked.size > 0 ? `/media?${asked.toString()}` : '/media');

  const filter = readFilter(asked);
  const [{ rows, total }, choices, services, disks] = await Promise.all([
    planning.searchMedia(mediaQueryOf(filter, new Date())),
    planning.mediaChoices(),
    connections.list(),
    library.disks(),
  ]);
  const { sort, direction, page, pageSize } = filter;
  return {
    view,
    rows: rows.map(shown),
    twins: await locals.app.twinsOf(rows.map(({ id }) => id)),
    total,
    list: { sort, direction, page, pageSize },
    choices: {
      ...choices,
      services: services
        .filter(({ kind }) => kind === 'radarr' || kind === 'sonarr')
        .map(({ id, name }) => ({ value: id, label: name })),
      disks: disks.map(({ id, path }) => ({ value: id, label: path })),
    },
    isConnected: services.length > 0,
  };
};

type Found = Awaited<ReturnType<App.Locals['app']['planning']['searchMedia']>>['rows'][number];

/** Only what the list shows: everything that goes to the page is written into it a second time, for the script. */
const shown = ({
  id,
  kind,
  title,
  year,
  seasonNumber,
  sizeBytes,
  newestFileAt,
  lastWatchedAt,
  watchWhy,
  status,
  dueAt,
  excludedUntil,
}: Found): MediaRow => ({
  id,
  kind,
  title,
  year,
  seasonNumber,
  sizeBytes,
  newestFileAt,
  lastWatchedAt,
  watchWhy,
  status,
  dueAt,
  excludedUntil,
});

export const actions: Actions = {
  exclude: async ({ request, locals, cookies }) => {
    const form = await readForm(request, excludeForm);
    if (!form.ok || !locals.user) return fail(400, form.ok ? { values: {}, errors: {} } : form.state);
    const { ids, until, note, back } = form.value;
    const { id, name } = locals.user;
    const kept = await locals.app.keeping.excludeMany(ids, { until, note, by: { id, name } });
    if (kept.ok) {
      const { items, undoId } = kept.value;
      leaveFlash(cookies, {
        tone: 'success',
        text: await keptText(items, locals),
        undo: undoOf(undoId, back),
      });
    } else {
      const isPast = kept.error.code === 'cleanup.until-is-past';
      const said = isPast ? m.media_excluded_past : m.media_excluded_gone;
      leaveFlash(cookies, { tone: 'warning', text: ids.length === 0 ? m.media_excluded_none() : said() });
    }
    redirect(303, safeNext(back));
  },

  include: async ({ request, locals, cookies }) => {
    const form = await readForm(request, includeForm);
    if (!form.ok || !locals.user) return fail(400, form.ok ? { values: {}, errors: {} } : form.state);
    const { id: ids, back } = form.value;
    const { lifted, undoId } = await locals.app.keeping.includeMany(ids, locals.user);
    const said = { count: lifted, number: formatCount(lifted, getLocale()) };
    leaveFlash(
      cookies,
      ids.length === 0
        ? { tone: 'warning', text: m.media_excluded_none() }
        : lifted === 0
          ? { tone: 'info', text: m.media_included_none() }
          : { tone: 'success', text: m.media_included(said), undo: undoOf(undoId, back) },
    );
    redirect(303, safeNext(back));
  },

  /** Of whatever changed what is kept by hand, here and on other pages. */
  undo: async ({ request, locals, cookies }) => {
    const form = await readForm(request, undoForm);
    if (!form.ok || !locals.user) return fail(400, form.ok ? { values: {}, errors: {} } : form.state);
    const undone = await locals.app.keeping.undo(form.value.undo, locals.user);
    leaveFlash(cookies, undoneFlash(undone));
    redirect(303, safeNext(form.value.back));
  },
};

const undoOf = (undo: string, back: string) => ({ action: '/media?/undo', fields: { undo, back } });

async function keptText(kept: readonly ItemId[], { app }: App.Locals): Promise<string> {
  const [only] = kept;
  const found = kept.length === 1 && only !== undefined ? await app.library.findItem(only) : null;
  if (found) return m.media_excluded_one({ title: found.item.title });
  return m.media_excluded({ count: kept.length, number: formatCount(kept.length, getLocale()) });
}

import { fail, redirect, type Cookies } from '@sveltejs/kit';
import type { ItemId } from '#core/ids.ts';
import { excludeForm, includeForm } from '#features/cleanup/server/media.schemas.ts';
import { mediaQueryOf } from '#features/cleanup/server/schemas.ts';
import { m } from '#i18n/messages.js';
import { getLocale } from '#i18n/runtime.js';
import { safeNext } from '#ui/cookies.ts';
import { leaveFlash } from '#ui/flash.ts';
import { readForm } from '#ui/form.ts';
import { formatCount } from '#ui/format.ts';
import { live } from '#ui/topics.ts';
import type { Actions, PageServerLoad } from './$types';
import { cleaned, readFilter } from './filter.ts';

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
  const asked = cleaned(url.searchParams);
  if (asked.size < url.searchParams.size)
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
    rows,
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

export const actions: Actions = {
  exclude: async ({ request, locals, cookies }) => {
    const form = await readForm(request, excludeForm);
    if (!form.ok || !locals.user) return fail(400, form.ok ? { values: {}, errors: {} } : form.state);
    const { ids, until, note, back } = form.value;
    const by = { id: locals.user.id, name: locals.user.name };
    const kept: ItemId[] = [];
    let isPast = false;
    for (const id of ids) {
      const done = await locals.app.planning.exclude(id, { until, note, by });
      if (done.ok) kept.push(id);
      else if (done.error.code === 'cleanup.until-is-past') isPast = true;
    }
    if (kept.length === 0) {
      const text =
        ids.length === 0
          ? m.media_excluded_none()
          : isPast
            ? m.media_excluded_past()
            : m.media_excluded_gone();
      leaveFlash(cookies, { tone: 'warning', text });
    } else {
      const undo = { action: '/media?/include', fields: { ids: kept.join(','), back } };
      leaveFlash(cookies, { tone: 'success', text: await keptText(kept, locals), undo });
    }
    redirect(303, safeNext(back));
  },

  include: async ({ request, locals, cookies }) => {
    const form = await readForm(request, includeForm);
    if (!form.ok) return fail(400, form.state);
    for (const id of form.value.ids) await locals.app.planning.include(id);
    leaveFlash(cookies, { tone: 'info', text: m.media_undone() });
    redirect(303, safeNext(form.value.back));
  },
};

async function keptText(kept: readonly ItemId[], { app }: App.Locals): Promise<string> {
  const [only] = kept;
  const found = kept.length === 1 && only !== undefined ? await app.library.findItem(only) : null;
  if (found) return m.media_excluded_one({ title: found.item.title });
  return m.media_excluded({ count: kept.length, number: formatCount(kept.length, getLocale()) });
}

import { error, fail, redirect } from '@sveltejs/kit';
import type { CreatorId } from '#core/ids.ts';
import { cursorText } from '#features/archive/core/reading/list.ts';
import { filterOf, postQueryOf, readAskedPosts } from '#features/archive/server/reading/filter.schemas.ts';
import { againForm } from '#features/archive/server/reading/creator.schemas.ts';
import { onCard } from '#features/archive/ui/card-post.ts';
import { m } from '#i18n/messages.js';
import { getLocale } from '#i18n/runtime.js';
import { leaveFlash } from '#ui/flash.ts';
import { readForm } from '#ui/form.ts';
import { formatCount } from '#ui/format.ts';
import { live } from '#ui/topics.ts';
import type { Actions, PageServerLoad } from './$types';

const GAPS_SHOWN = 50;

export const load: PageServerLoad = async ({ locals, params, url, depends }) => {
  depends(live('archive'));
  const { reading, ledger } = locals.app.archive;
  const id = params.id as CreatorId;
  const asked = { ...readAskedPosts(url.searchParams), creator: id, source: undefined };
  const [creator, list, count, choices, own, gaps] = await Promise.all([
    reading.creator(id),
    reading.posts(postQueryOf(asked)),
    reading.countPosts(filterOf(asked)),
    reading.choices(id),
    ledger.of(id),
    ledger.gaps({ creatorId: id, limit: GAPS_SHOWN }),
  ]);
  if (!creator) error(404);
  return {
    creator,
    posts: list.posts.map(onCard),
    next: list.next && cursorText(list.next),
    previous: list.previous && cursorText(list.previous),
    order: asked.order,
    count,
    choices,
    ledger: own?.ledger ?? null,
    gaps: gaps.items,
    hasMoreGaps: gaps.next !== null,
  };
};

/** Only admins get here: see accounts/core/access.ts. */
export const actions: Actions = {
  again: async ({ request, locals, params, cookies }) => {
    const form = await readForm(request, againForm);
    if (!form.ok) return fail(400, form.state);
    const tried = await locals.app.archive.ledger.tryAgain({
      creatorId: params.id,
      reason: form.value.reason,
    });
    leaveFlash(cookies, {
      tone: tried > 0 ? 'success' : 'info',
      text: m.archive_again_done({ count: tried, number: formatCount(tried, getLocale()) }),
    });
    redirect(303, `/archive/creators/${params.id}`);
  },

  sync: async ({ locals, params, cookies }) => {
    const { reading, sources } = locals.app.archive;
    const creator = await reading.creator(params.id as CreatorId);
    if (!creator) error(404);
    const asked = await sources.sync(creator.source.id, locals.user?.name ?? null);
    leaveFlash(
      cookies,
      !asked.ok
        ? { tone: 'warning', text: m.archive_sync_refused() }
        : asked.value
          ? { tone: 'info', text: m.archive_sync_started({ source: creator.source.name }) }
          : { tone: 'info', text: m.archive_sync_busy() },
    );
    redirect(303, `/archive/creators/${params.id}`);
  },
};

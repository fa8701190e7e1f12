import { fail, redirect } from '@sveltejs/kit';
import { byShow } from '#features/cleanup/core/leaving-soon/by-show.ts';
import { leavingTotal, soonestOfEach } from '#features/cleanup/core/leaving-soon/leaving-soon.ts';
import { askForm, withdrawForm } from '#features/cleanup/server/keeping/keep.schemas.ts';
import { undoForm } from '#features/cleanup/server/media/media.schemas.ts';
import { keepProblemText, undoneFlash } from '#features/cleanup/ui/keep-words.ts';
import { nameOf } from '#features/library/ui/item-words.ts';
import { m } from '#i18n/messages.js';
import { getLocale } from '#i18n/runtime.js';
import { safeNext } from '#ui/cookies.ts';
import { leaveFlash } from '#ui/flash.ts';
import { readForm } from '#ui/form.ts';
import { daysLeft, formatDate } from '#ui/format.ts';
import { live } from '#ui/topics.ts';
import type { Actions, PageServerLoad } from './$types';

const PAGE_SIZE = 120;
/** So long people see what became of their wishes. */
const MINE_FOR_MS = 45 * 86_400_000;

/** Soonest first. Of several policies that want the same title the first to get it counts. */
export const load: PageServerLoad = async ({ locals, url, depends }) => {
  depends(live('plans'), live('library'));
  const { planning, links, keeping, settings, twinsOf } = locals.app;
  const { user } = locals;
  const isAdmin = user?.role === 'admin';
  const now = new Date();
  const [all, policies, states, requests, mine, { keepBy }] = await Promise.all([
    planning.leaving(),
    planning.listPolicies(),
    isAdmin ? links.state() : [],
    isAdmin ? keeping.waiting() : [],
    user ? keeping.mine(user) : [],
    settings.read(),
  ]);
  const soonest = soonestOfEach(all);
  const { count, bytes } = leavingTotal(all);
  const page = Math.max(1, Math.trunc(Number(url.searchParams.get('page') ?? '1')) || 1);
  const lines = byShow(soonest, ({ dueAt }) => (dueAt <= now ? -1 : daysLeft(dueAt, now)));
  const shown = lines.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
  const ids = shown.map((line) => (line.is === 'show' ? line.group.showId : line.item.itemId));
  return {
    lines: shown,
    twins: await twinsOf([...ids, ...requests.map(({ itemId }) => itemId)]),
    requests: requests.map(({ id, itemId, item, byName, wantedUntil, until }) => ({
      id,
      itemId,
      item,
      byName,
      wantedUntil,
      until,
    })),
    mine: mine
      .filter(
        ({ state, askedAt }) => state !== 'withdrawn' && now.getTime() - askedAt.getTime() < MINE_FOR_MS,
      )
      .map(({ id, itemId, item, state, until, answer }) => ({ id, itemId, item, state, until, answer })),
    keepBy,
    page,
    pageSize: PAGE_SIZE,
    total: count,
    totalLines: lines.length,
    bytes,
    /** Policies whose titles only rehearse. */
    rehearsing: [...new Set(all.filter(({ armed }) => !armed).map(({ policyName }) => policyName))],
    /** Media servers in which the links are not as they should be. */
    linkProblems: states.flatMap(({ name, problem }) => (problem ? [name] : [])),
    hasPolicies: policies.some(({ policy }) => policy.enabled),
  };
};

export const actions: Actions = {
  /** Asks for oneself; what it does is for the settings to say. The answer is seen at once, with a way back. */
  keep: async ({ request, locals, cookies }) => {
    const form = await readForm(request, askForm);
    if (!form.ok || !locals.user) return fail(400, form.ok ? { values: {}, errors: {} } : form.state);
    const { itemId, back } = form.value;
    const asked = await locals.app.keeping.ask(itemId, locals.user);
    if (asked.ok) {
      const { item, state, until } = asked.value.request;
      const said = { title: nameOf(item), date: until ? formatDate(until, getLocale()) : '' };
      leaveFlash(cookies, {
        tone: 'success',
        text: state === 'kept' ? m.leaving_kept_flash(said) : m.leaving_asked_flash(said),
        undo: { action: '/leaving?/undo', fields: { undo: asked.value.undoId, back } },
      });
    } else leaveFlash(cookies, { tone: 'warning', text: keepProblemText(asked.error) });
    redirect(303, safeNext(back));
  },

  undo: async ({ request, locals, cookies }) => {
    const form = await readForm(request, undoForm);
    if (!form.ok || !locals.user) return fail(400, form.ok ? { values: {}, errors: {} } : form.state);
    const undone = await locals.app.keeping.undo(form.value.undo, locals.user);
    leaveFlash(cookies, undoneFlash(undone));
    redirect(303, safeNext(form.value.back));
  },

  withdraw: async ({ request, locals, cookies }) => {
    const form = await readForm(request, withdrawForm);
    if (!form.ok || !locals.user) return fail(400, form.ok ? { values: {}, errors: {} } : form.state);
    const done = await locals.app.keeping.withdraw(form.value.id, locals.user);
    leaveFlash(
      cookies,
      done.ok
        ? { tone: 'info', text: m.keep_withdrawn({ title: nameOf(done.value.item) }) }
        : { tone: 'warning', text: keepProblemText(done.error) },
    );
    redirect(303, safeNext(form.value.back));
  },
};

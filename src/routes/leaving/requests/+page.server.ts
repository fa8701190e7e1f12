import { fail, redirect } from '@sveltejs/kit';
import { answerForm } from '#features/cleanup/server/keeping/keep.schemas.ts';
import { nameOf } from '#features/library/ui/item-words.ts';
import { keepProblemText } from '#features/cleanup/ui/keep-words.ts';
import { m } from '#i18n/messages.js';
import { safeNext } from '#ui/cookies.ts';
import { leaveFlash } from '#ui/flash.ts';
import { readForm } from '#ui/form.ts';
import type { Actions, PageServerLoad } from './$types';

/** The answers of admins have an address of their own, because anybody signed in may post to the page itself. */
export const load: PageServerLoad = () => redirect(303, '/leaving');

export const actions: Actions = {
  accept: async ({ request, locals, cookies }) => {
    const form = await readForm(request, answerForm);
    if (!form.ok || !locals.user) return fail(400, form.ok ? { values: {}, errors: {} } : form.state);
    const { id, until, word, back } = form.value;
    const done = await locals.app.keeping.accept(id, { until, word, by: locals.user });
    leaveFlash(
      cookies,
      done.ok
        ? { tone: 'success', text: m.keep_accepted_flash({ title: titleOf(done.value) }) }
        : { tone: 'warning', text: keepProblemText(done.error) },
    );
    redirect(303, safeNext(back));
  },

  refuse: async ({ request, locals, cookies }) => {
    const form = await readForm(request, answerForm);
    if (!form.ok || !locals.user) return fail(400, form.ok ? { values: {}, errors: {} } : form.state);
    const { id, word, back } = form.value;
    const done = await locals.app.keeping.refuse(id, { word, by: locals.user });
    leaveFlash(
      cookies,
      done.ok
        ? { tone: 'info', text: m.keep_refused_flash({ title: titleOf(done.value) }) }
        : { tone: 'warning', text: keepProblemText(done.error) },
    );
    redirect(303, safeNext(back));
  },
};

const titleOf = ({ item }: { item: Parameters<typeof nameOf>[0] }): string => nameOf(item);

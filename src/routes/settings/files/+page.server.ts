import { error, fail } from '@sveltejs/kit';
import { isPlaySource } from '#features/connections/core/connection.ts';
import { connectionIdForm } from '#features/connections/server/schemas.ts';
import { answerPaths } from '#features/connections/ui/form-answers.ts';
import { live } from '#ui/topics.ts';
import { readForm } from '#ui/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, depends }) => {
  depends(live('library'));
  const [disks, connections] = await Promise.all([locals.app.library.disks(), locals.app.connections.list()]);
  return { disks, connections: connections.filter(({ kind }) => kind !== 'seerr' && !isPlaySource(kind)) };
};

export const actions: Actions = {
  try: async ({ request, locals }) => {
    const form = await readForm(request, connectionIdForm);
    if (!form.ok) return fail(400, form.state);
    const tried = await locals.app.connections.tryPaths(form.value.id);
    if (!tried.ok && tried.error.code === 'connections.not-found') error(404);
    return answerPaths(form.values, tried);
  },
};

import { redirect } from '@sveltejs/kit';
import { searchQuery } from '#features/search/server/schemas.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const text = url.searchParams.get('q') ?? '';
  // A form without a script sends the field although nothing was typed.
  if (text.trim() === '' && url.searchParams.size > 0) redirect(303, '/search');
  const asked = searchQuery.shape.page.safeParse(url.searchParams.get('page') ?? undefined);
  const page = asked.success ? asked.data : 1;
  const { search, indexing } = locals.app.search;
  if (text.trim() === '') return { text: '', page, results: null, counts: await indexing.counts() };
  return { text, page, results: await search({ text, page }), counts: null };
};

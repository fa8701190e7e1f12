import { redirect } from '@sveltejs/kit';
import { searchQuery } from '#features/search/server/schemas.ts';
import { readMode } from '#features/search/core/mode.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const text = url.searchParams.get('q') ?? '';
  // A form without a script sends the field although nothing was typed.
  if (text.trim() === '' && url.searchParams.size > 0) redirect(303, '/search');
  const asked = searchQuery.shape.page.safeParse(url.searchParams.get('page') ?? undefined);
  const page = asked.success ? asked.data : 1;
  const mode = readMode(url.searchParams.get('mode') ?? '') ?? 'auto';
  const { search, indexing, meaning } = locals.app.search;
  if (text.trim() === '') {
    const [counts, state] = await Promise.all([indexing.counts(), meaning.state()]);
    return { text: '', page, mode, results: null, counts, hasMeaning: state !== null };
  }
  return { text, page, mode, results: await search({ text, page, mode }), counts: null, hasMeaning: true };
};

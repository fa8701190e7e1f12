import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

/** What the guard in hooks.server.ts shows instead of a page that somebody may not see. */
export const load: PageServerLoad = () => error(403);

import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({ health: await locals.app.health.report() });

import { takeFlash } from '#ui/flash.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals, cookies }) => ({
  user: locals.user ? { id: locals.user.id, name: locals.user.name, role: locals.user.role } : null,
  theme: locals.theme,
  version: locals.app.version,
  flash: takeFlash(cookies),
});

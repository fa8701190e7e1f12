type Modules = { getModuleInfo(id: string): { importers: readonly string[] } | null };

const LAYOUT = /[\\/]src[\\/]routes[\\/]\+layout\.svelte$/;
const PARTS = /[\\/](src[\\/]ui|@lucide[\\/]svelte)[\\/]/;
/** Imported from so many places it is on nearly every page: the head of a page is, a field of a form is not. */
const MANY = 38;

/** Whether the frame around every page imports it, by however many steps. */
function isOfFrame(id: string, modules: Modules, seen = new Set<string>()): boolean {
  if (seen.has(id)) return false;
  seen.add(id);
  const importers = modules.getModuleInfo(id)?.importers ?? [];
  if (importers.length >= MANY) return true;
  return importers.some((one) => LAYOUT.test(one) || (PARTS.test(one) && isOfFrame(one, modules, seen)));
}

/** What every page needs comes as one file instead of two dozen: the file of one icon hardly compresses. */
export const frame = {
  name: (id: string, modules: Modules) => (PARTS.test(id) && isOfFrame(id, modules) ? 'frame' : null),
};

import type { CleanupDeps } from '../cleanup.ports.ts';
import { createMembersOf } from '../execution/removal.library.ts';
import type { PlanningService } from '../planning/planning.service.ts';
import type { SettingsService } from '../policies/settings.service.ts';
import { createLeavingSoonService } from './leaving-soon.service.ts';
import { createShelfUpdate } from './leaving-soon.shelf.ts';
import { createShelfStore } from './leaving-soon.store.ts';
import { createLinkService } from './links.service.ts';
import { createLinkSource } from './links.source.ts';
import { createLinkStore } from './links.store.ts';
import { renderPoster } from './poster.ts';

type Deps = Pick<CleanupDeps, 'db' | 'library' | 'managers' | 'connections' | 'time' | 'newId' | 'log'> & {
  planning: Pick<PlanningService, 'leavingForReal'>;
  settings: Pick<SettingsService, 'read'>;
};

/** The room of where people see what leaves: collections, and libraries of links. */
export function createLeavingSoon({ db, library, managers, planning, settings, ...deps }: Deps) {
  const { connections, time: clock, newId, log } = deps;
  const source = {
    leaving: planning.leavingForReal,
    membersOf: createMembersOf(library),
    settings: async () => {
      const { collectionNames, posterLanguage, leavingSoonSurface } = await settings.read();
      return { names: collectionNames, language: posterLanguage, surfaces: leavingSoonSurface };
    },
  };
  const links = createLinkService({
    source: createLinkSource({
      library,
      connections,
      leaving: planning.leavingForReal,
      settings: async () => {
        const { leavingSoonSurface, linkFolder, linkLibraryNames } = await settings.read();
        return { surfaces: leavingSoonSurface, folder: linkFolder, names: linkLibraryNames };
      },
    }),
    store: createLinkStore(db, newId),
    managers,
    clock,
    newId,
    log,
  });
  const updateShelf = createShelfUpdate({
    source,
    shelves: createShelfStore(db),
    drawPoster: renderPoster,
    clock,
  });
  return {
    links,
    leavingSoon: createLeavingSoonService({ source, updateShelf, managers, links, log }),
  };
}

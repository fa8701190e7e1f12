import { join } from 'node:path';
import { ok } from '#core/result.ts';
import { shelfKinds, type ShelfKind } from '../../core/leaving-soon/leaving-soon.ts';
import { showsLinks } from '../../core/policy/settings.ts';
import type { LinkShelf, LinkSource, LinkStore } from './links.ports.ts';
import { failed, type LinkTask, type Step } from './links.task.ts';

export type LinkLibrariesDeps = { source: Pick<LinkSource, 'asSeenBy'>; store: Pick<LinkStore, 'save'> };

/** The libraries over the links: made where they are missing, and told what changed in them. */
export function createLinkLibraries({ source, store }: LinkLibrariesDeps) {
  async function openLibraries(task: LinkTask, before: LinkShelf): Promise<Step> {
    let shelf = before;
    const { server, settings } = task;
    if (server === null) return ok(shelf);
    for (const kind of kindsToShow(task, shelf)) {
      const path = await source.asSeenBy(shelf.connectionId, join(shelf.folder, shelf.connectionId, kind));
      const opened = await server.library.openLibrary({ kind, name: settings.names[kind], path });
      if (!opened.ok) return failed(shelf, { code: 'links.media-server', problem: opened.error });
      const { is, name } = opened.value;
      if (is === 'name-taken') {
        shelf = { ...shelf, problem: { code: 'links.library-taken', name } };
        continue;
      }
      const everything = shelf.untold.everything || is === 'made';
      shelf = {
        ...shelf,
        libraries: { ...shelf.libraries, [kind]: name },
        untold: { ...shelf.untold, everything },
      };
      await store.save(shelf);
    }
    return ok(shelf);
  }

  async function tell({ server }: LinkTask, shelf: LinkShelf): Promise<Step> {
    const { changes, everything } = shelf.untold;
    if (server === null || (changes.length === 0 && !everything)) return ok(shelf);
    const seen = await Promise.all(
      changes.map(async ({ path, is }) => ({
        path: await source.asSeenBy(shelf.connectionId, join(shelf.folder, shelf.connectionId, path)),
        is,
      })),
    );
    const told = await (everything ? server.library.lookEverywhere() : server.library.tellChanged(seen));
    return told.ok
      ? ok({ ...shelf, untold: { changes: [], everything: false } })
      : failed(shelf, { code: 'links.media-server', problem: told.error });
  }

  return { openLibraries, tell };
}

/** One that a person deleted while nothing leaves need not come back. */
const kindsToShow = ({ settings }: LinkTask, { tree }: LinkShelf): ShelfKind[] =>
  shelfKinds.filter(
    (kind) =>
      showsLinks(settings.surfaces[kind]) && tree.links.some(({ path }) => path.startsWith(`${kind}/`)),
  );

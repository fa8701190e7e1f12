import { err, ok, type Result } from '#core/result.ts';
import { shelfKindOf, shelfKinds, type LeavingItem } from '../../core/leaving-soon/leaving-soon.ts';
import type { LinkProblem } from '../../core/leaving-soon/link-problem.ts';
import { linkChange, linkTree, noLinks, type LinkTree } from '../../core/leaving-soon/link-tree.ts';
import { showsLinks } from '../../core/policy/settings.ts';
import type { LinkFolder } from './link-folder.ts';
import { createLinkLibraries } from './links.libraries.ts';
import type { LinkSettings, LinkShelf, LinkSource, LinkStore } from './links.ports.ts';
import { failed, type LinkTask, type Step } from './links.task.ts';
import type { Clock } from '../execution/runs.ports.ts';

export type OpenFolder = (folder: string) => Promise<Result<LinkFolder, LinkProblem>>;

export type LinkUpdateDeps = {
  source: Pick<LinkSource, 'titles' | 'asSeenBy'>;
  store: Pick<LinkStore, 'save'>;
  openFolder: OpenFolder;
  clock: Clock;
};

/** The links of one media server in one folder, with its libraries. What is done is remembered before the next step. */
export function createLinkUpdate({ source, store, openFolder, clock }: LinkUpdateDeps) {
  const { openLibraries, tell } = createLinkLibraries({ source, store });

  async function treeOf({ shelf, items }: LinkTask): Promise<Result<LinkTree, LinkProblem>> {
    const titles = items.length === 0 ? [] : await source.titles(shelf.connectionId, items);
    const isForeign = titles.some(({ files }) => files.some(({ theirs }) => !theirs.startsWith('/')));
    if (isForeign) return err({ code: 'links.windows-paths' });
    return ok(titles.length === 0 ? noLinks : linkTree(titles, shelf.tree));
  }

  async function changeLinks(shelf: LinkShelf, folder: LinkFolder, tree: LinkTree): Promise<Step> {
    const paths = [...shelf.tree.links, ...tree.links].map(({ path }) => path);
    const present = await folder.present(paths);
    if (!present.ok) return failed(shelf, present.error);
    const made = { links: shelf.tree.links, folders: shelf.folders };
    const standIns = [...shelf.tree.standIns, ...tree.standIns];
    const done = await folder.change({
      made,
      ...linkChange(present.value, tree.links),
      remember: ({ links, folders }) => store.save({ ...shelf, tree: { links, standIns }, folders }),
    });
    if (!done.ok) return failed({ ...shelf, tree: { ...shelf.tree, standIns } }, done.error);
    const { added, removed, occupied } = done.value;
    const now: LinkShelf = {
      ...shelf,
      tree: { links: done.value.made.links, standIns: tree.standIns },
      folders: done.value.made.folders,
      untold: {
        ...shelf.untold,
        changes: [
          ...shelf.untold.changes,
          ...removed.map((path) => ({ path, is: 'gone' as const })),
          ...added.map((path) => ({ path, is: 'new' as const })),
        ],
      },
    };
    await store.save(now);
    const [path] = occupied;
    return ok(path === undefined ? now : { ...now, problem: { code: 'links.occupied', path } });
  }

  /** What is wrong with one link or one library is noted and does not hold up the others. */
  async function steps(task: LinkTask): Promise<Step> {
    const shelf = { ...task.shelf, problem: null };
    const tree = await treeOf(task);
    if (!tree.ok) return failed(shelf, tree.error);
    const opened = await openFolder(shelf.folder);
    if (!opened.ok) return failed(shelf, opened.error);
    const part = await opened.value.part(shelf.connectionId);
    if (!part.ok) return failed(shelf, part.error);
    for (const kind of shelfKinds) {
      const isShown =
        shelf.libraries[kind] !== null || tree.value.links.some(({ path }) => path.startsWith(`${kind}/`));
      const kept = isShown ? await part.value.keepLibraryFolder(kind) : ok(undefined);
      if (!kept.ok) return failed(shelf, kept.error);
    }
    const changed = await changeLinks(shelf, part.value, tree.value);
    if (!changed.ok) return changed;
    const libraries = await openLibraries(task, changed.value);
    return libraries.ok ? tell(task, libraries.value) : libraries;
  }

  return async function update(task: LinkTask): Promise<Result<LinkShelf, LinkProblem>> {
    const done = await steps(task);
    if (!done.ok) {
      await store.save({ ...done.error.shelf, problem: done.error.problem });
      return err(done.error.problem);
    }
    const { problem } = done.value;
    const shelf = problem === null ? { ...done.value, updatedAt: clock.now() } : done.value;
    await store.save(shelf);
    return problem === null ? ok(shelf) : err(problem);
  };
}

export const itemsFor = (
  leaving: readonly LeavingItem[],
  surfaces: LinkSettings['surfaces'],
): LeavingItem[] => leaving.filter(({ kind }) => showsLinks(surfaces[shelfKindOf(kind)]));

export const newShelf = (connectionId: LinkShelf['connectionId'], folder: string): LinkShelf => ({
  connectionId,
  folder,
  tree: noLinks,
  folders: [],
  libraries: { films: null, shows: null },
  untold: { changes: [], everything: false },
  updatedAt: null,
  problem: null,
});

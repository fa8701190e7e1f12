import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { MARKER, type LinkFolder } from './link-folder.ts';
import type { LinkSource } from './links.ports.ts';
import type { OpenFolder } from './links.update.ts';
import type { ConnectedLibrary } from '../ports.ts';
import type { LeavingItem } from '../../core/leaving-soon/leaving-soon.ts';
import type { LinkProof } from '../../core/leaving-soon/link-state.ts';
import type { SeenFile } from '../../core/leaving-soon/link-tree.ts';

export type LinkProbeDeps = {
  source: Pick<LinkSource, 'anyFile' | 'asSeenBy'>;
  openFolder: OpenFolder;
  newId: () => string;
};

const forget = (): Promise<void> => Promise.resolve();

/**
 * T-60: tries a link with a real file. The link leads to the folder of the file, and the media server is asked for the file
 * behind it: of a link to the file itself it would say that it is there although it leads nowhere.
 */
export function createLinkProbe({ source, openFolder, newId }: LinkProbeDeps) {
  async function ask(
    server: ConnectedLibrary,
    file: SeenFile,
    { link, marker }: { link: string; marker: string },
  ): Promise<LinkProof> {
    const name = basename(file.theirs);
    const theirLink = await source.asSeenBy(server.connectionId, link);
    const through = await server.library.sees(`${theirLink}/${name}`);
    if (!through.ok)
      return { is: 'not-provable', file: file.own, here: await seenHere(file, link, theirLink) };
    if (through.value) return { is: 'proven', file: file.theirs };
    const itself = await server.library.sees(file.theirs);
    if (itself.ok && !itself.value) return { is: 'file-not-seen', file: file.theirs };
    // A real file of ours tells whether the folder is seen at all.
    const theirMarker = await source.asSeenBy(server.connectionId, marker);
    const ours = await server.library.sees(theirMarker);
    if (ours.ok && !ours.value) return { is: 'folder-not-seen', folder: dirname(theirMarker) };
    return { is: 'not-followed', file: file.theirs };
  }

  /** Only where both see the same paths does what is seen from here say anything about there. */
  async function seenHere(file: SeenFile, link: string, theirLink: string): Promise<boolean | null> {
    if (file.own !== file.theirs || link !== theirLink) return null;
    return stat(join(link, basename(file.own))).then(
      (found) => found.isFile(),
      () => false,
    );
  }

  async function tryIn(
    server: ConnectedLibrary,
    part: LinkFolder,
    place: string,
    file: SeenFile,
  ): Promise<LinkProof> {
    const folder = `.probe-${newId()}`;
    const add = [{ path: `${folder}/folder`, target: dirname(file.theirs) }];
    const made = await part.change({ made: { links: [], folders: [] }, add, remove: [], remember: forget });
    if (!made.ok) return { is: 'problem', problem: made.error };
    const proof = await ask(server, file, {
      link: join(place, folder, 'folder'),
      marker: join(dirname(place), MARKER),
    });
    const remove = add.map(({ path }) => path);
    await part.change({ made: made.value.made, add: [], remove, remember: forget });
    return proof;
  }

  return async function prove(
    server: ConnectedLibrary,
    folder: string,
    items: readonly LeavingItem[],
  ): Promise<LinkProof> {
    const opened = await openFolder(folder);
    if (!opened.ok) return { is: 'problem', problem: opened.error };
    const file = await source.anyFile(server.connectionId, items);
    if (file === null) return { is: 'no-file' };
    if (!file.theirs.startsWith('/')) return { is: 'problem', problem: { code: 'links.windows-paths' } };
    const part = await opened.value.part(server.connectionId);
    if (!part.ok) return { is: 'problem', problem: part.error };
    return tryIn(server, part.value, join(folder, server.connectionId), file);
  };
}

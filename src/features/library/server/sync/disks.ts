import type { ConnectionId } from '#core/ids.ts';
import { diskOfFolder, groupDisks, type GroupedDisk, type StorageTold } from '../../core/disks.ts';
import { mapPath } from '../../core/paths.ts';
import type { FileSystem, Storage } from '../ports.ts';
import type { DiskOfFolder, LinkWriter } from '../store.ports.ts';
import type { From } from './catalogue-rows.ts';

export type StorageRead = { from: From; storage: Storage };

/** What a service told, with what this program can measure itself at the same folders. */
async function measured({ from, storage }: StorageRead, files: FileSystem): Promise<StorageTold> {
  const rootFolders = await Promise.all(
    storage.rootFolders.map(async (folder) => {
      const ours = mapPath(folder.path, from.pathMappings);
      return { ...folder, ours, own: await files.freeSpace(ours) };
    }),
  );
  return { connectionId: from.connectionId, mounts: storage.disks, rootFolders };
}

/**
 * Writes the disks, and answers which one each root folder is on.
 * Services that could not be read keep their disks as they were last seen, but without numbers that nobody confirmed:
 * free space of yesterday must not decide today.
 */
export async function writeDisks(
  writer: LinkWriter,
  read: readonly StorageRead[],
  failed: ReadonlySet<ConnectionId>,
  files: FileSystem,
  now: Date,
): Promise<DiskOfFolder[]> {
  const before = await writer.disks();
  const told = await Promise.all(read.map((one) => measured(one, files)));
  const disks = groupDisks(told, before);
  const shared = new Set(disks.map((disk) => disk.id));
  const kept = before.map((disk) => keptFolders(disk, failed)).filter((disk) => disk.folders.length > 0);
  const merged = disks.map((disk) => {
    const old = kept.find(({ id }) => id === disk.id);
    return old ? withFolders(disk, [...disk.folders, ...old.folders]) : disk;
  });
  const stale = kept.filter(({ id }) => !shared.has(id)).map(withoutNumbers);
  const all = [...merged, ...stale];
  await writer.writeDisks(all, now);
  const folders = await writer.rootFolders();
  return folders.map((folder) => ({ ...folder, diskId: diskOfFolder(all, folder) }));
}

const keptFolders = (disk: GroupedDisk, failed: ReadonlySet<ConnectionId>): GroupedDisk =>
  withFolders(
    disk,
    disk.folders.filter((folder) => failed.has(folder.connectionId)),
  );

const withFolders = (disk: GroupedDisk, folders: GroupedDisk['folders']): GroupedDisk => ({
  ...disk,
  folders,
  rootFolders: [...new Set(folders.map((folder) => folder.path))],
});

const withoutNumbers = (disk: GroupedDisk): GroupedDisk => ({
  ...disk,
  totalBytes: { known: false, why: 'service-not-read' },
  freeBytes: { known: false, why: 'service-not-read' },
});

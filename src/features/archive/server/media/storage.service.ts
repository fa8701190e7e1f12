import type { Sha256 } from '#core/ids.ts';
import { addDays } from '#core/time-span.ts';
import { PROOF_DAYS, storeStanding, type MediaSettings, type StoreStanding } from '../../core/media-store.ts';
import { offeredName } from '../../core/media-name.ts';
import type { FileLibrary, FileRow, FileUse } from './library.store.ts';
import type { MediaStore } from './ports.ts';
import type { CreatorBytes, FileTotals, MediaTotals } from './totals.store.ts';

export type StorageDeps = {
  library: FileLibrary;
  totals: FileTotals;
  store: MediaStore;
  settings: {
    read(): Promise<MediaSettings>;
    change(settings: Partial<MediaSettings>): Promise<MediaSettings>;
  };
  acceptFolder: () => Promise<unknown>;
  clock: { now(): Date };
};

export type StorageReport = StoreStanding &
  MediaTotals & {
    byCreator: readonly CreatorBytes[];
    settings: MediaSettings;
    /** Downloads that wait, for room or anything else. */
    waiting: number;
    /** Files whose turn to be hashed anew has come. */
    proofsDue: number;
  };

export type MediaStorage = ReturnType<typeof createStorageService>;

/** How the store stands, what is in it, and what people set of it. */
export function createStorageService({ library, totals, store, settings, acceptFolder, clock }: StorageDeps) {
  const standing = async () => {
    const [state, { reserveBytes }] = await Promise.all([store.state(), settings.read()]);
    return storeStanding(state, reserveBytes);
  };

  async function report(): Promise<StorageReport> {
    const [stands, sums, byCreator, set, { waiting }, proofsDue] = await Promise.all([
      standing(),
      totals.read(),
      totals.byCreator(),
      settings.read(),
      totals.concerns(),
      totals.proofsDue(addDays(clock.now(), -PROOF_DAYS)),
    ]);
    return { ...stands, ...sums, byCreator, settings: set, waiting, proofsDue };
  }

  return {
    report,
    standing,
    changeSettings: settings.change,

    async about(sha256: Sha256): Promise<(FileRow & { name: string; uses: readonly FileUse[] }) | null> {
      const file = await library.find(sha256);
      if (!file) return null;
      const [given, uses] = await Promise.all([library.nameOf(sha256, null), library.usesOf(sha256)]);
      return { ...file, name: offeredName(given, file), uses };
    },

    /** A person says that the folder as it is now is the right one. Whether it is one at all, the report says. */
    async accept(): Promise<StorageReport> {
      await acceptFolder();
      return report();
    },

    /** For the health of the program. */
    async vital() {
      const [stands, concerns] = await Promise.all([standing(), totals.concerns()]);
      return { ...stands, ...concerns };
    },
  };
}

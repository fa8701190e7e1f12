import type { StandIns } from '../../core/stand-ins.ts';
import type { Changes } from '../runs.ports.ts';
import type { SyncWriter } from '../store.ports.ts';

/**
 * Evidence is worked out from rows, so where no row changed it is what it was: a night in which nobody watched anything
 * costs no second look. Kept in memory only, because another version of the program may work it out in another way.
 */
export function createRelink() {
  let linked: string | null = null;
  return {
    /** Hears of every row that this run writes. */
    during(writer: SyncWriter): Relink {
      let isChanged = false;
      const note = (changes: Changes): Changes => {
        isChanged ||= changes.added + changes.changed + changes.removed > 0;
        return changes;
      };
      const inputs = async (standIns: StandIns) => JSON.stringify([await writer.linkInputs(), standIns]);
      return {
        writer: {
          ...writer,
          merge: async (...share) => note(await writer.merge(...share)),
          mergePlays: async (connectionId) => note(await writer.mergePlays(connectionId)),
        },
        isNeeded: async (standIns) => isChanged || linked !== (await inputs(standIns)),
        inputs,
      };
    },
    /** After what was linked has been committed. */
    remember: (inputs: string) => void (linked = inputs),
  };
}

export type Relink = {
  writer: SyncWriter;
  isNeeded(standIns: StandIns): Promise<boolean>;
  /** What the evidence is made of, apart from what runs write. */
  inputs(standIns: StandIns): Promise<string>;
};

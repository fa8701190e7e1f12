import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Household } from '../seed/household.ts';

export type Saved = { household: Household; files: { path: string; sizeBytes: number }[] };

const WAIT_MS = 50;

/** Writes soon after a change, whole or not at all, so that a killed demo goes on where it was. */
export function openSnapshot(file: string | undefined) {
  let take: (() => Saved) | undefined;
  let timer: NodeJS.Timeout | undefined;

  const write = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (!file || !take) return;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, JSON.stringify(take()));
    renameSync(`${file}.new`, file);
    take = undefined;
  };

  return {
    read(): Saved | undefined {
      if (!file) return undefined;
      try {
        return JSON.parse(readFileSync(file, 'utf8')) as Saved;
      } catch (problem) {
        if ((problem as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw problem;
      }
    },
    changed(state: () => Saved): void {
      if (!file) return;
      take = state;
      timer ??= setTimeout(write, WAIT_MS);
    },
    close(): Promise<void> {
      write();
      return Promise.resolve();
    },
  };
}

import type { Change } from './ports.ts';

export type Recent = ReturnType<typeof createRecent>;

/**
 * Which changes of the last minutes were indexed. While a sync goes on there is a run every few seconds, and each looks
 * back by minutes: without this it would read some thousand posts with all their files again.
 */
export function createRecent() {
  const known = new Map<string, number>();
  return {
    has: ({ ref, changedAt }: Change): boolean => known.get(ref) === changedAt.getTime(),
    /** What changed before `since` is forgotten: nobody looks back that far. */
    add(changes: readonly Change[], since: Date): void {
      for (const { ref, changedAt } of changes) {
        // Those that changed last are last, so what has to be forgotten comes first.
        known.delete(ref);
        known.set(ref, changedAt.getTime());
      }
      for (const [ref, at] of known) {
        if (at >= since.getTime()) break;
        known.delete(ref);
      }
    },
  };
}

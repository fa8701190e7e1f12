/** Work that goes on beside other work, one after the other; who waits for it is told when some of it failed. */
export function createLane() {
  let last: Promise<void> = Promise.resolve();
  return {
    begin(work: () => Promise<void>): void {
      last = last.then(work);
      last.catch(() => undefined); // told by `done`, and not by the process when nobody waits yet
    },
    done: (): Promise<void> => last,
  };
}

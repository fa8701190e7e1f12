/** Counts every call to a port and ends this process, without any goodbye, before the one it was told. */
export function deathRow(dieAt: number) {
  const calls: string[] = [];
  const mortal = <T extends object>(port: T): T =>
    Object.fromEntries(
      Object.entries(port).map(([name, call]: [string, (...args: unknown[]) => unknown]) => [
        name,
        (...args: unknown[]) => {
          calls.push(name);
          if (calls.length === dieAt) process.kill(process.pid, 'SIGKILL');
          return call(...args);
        },
      ]),
    ) as T;
  return { calls, mortal };
}

import { readdirSync, readFileSync } from 'node:fs';

/** A process and everything it started, by asking /proc who is whose child. Linux only. */
export function familyOf(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      continue; // ended while we looked
    }
  }
  const family = new Set([pid]);
  for (let before = 0; before !== family.size;) {
    before = family.size;
    for (const [child, parent] of parents) if (family.has(parent)) family.add(child);
  }
  return [...family];
}

/** PSS in MB of a process and its children: shared pages are counted once, not once for each PostgreSQL process. */
export function pssOf(pid: number): number {
  let kilobytes = 0;
  for (const member of familyOf(pid)) {
    try {
      kilobytes += Number(
        /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${member}/smaps_rollup`, 'utf8'))?.[1] ?? 0,
      );
    } catch {
      continue;
    }
  }
  return kilobytes / 1024;
}

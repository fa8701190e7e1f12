/** Looks up many things that share a key; nothing is an empty list. */
export function byKey<T extends { key: string }>(values: readonly T[]): (key: string) => readonly T[] {
  const index = new Map<string, T[]>();
  for (const value of values) {
    const list = index.get(value.key);
    if (list) list.push(value);
    else index.set(value.key, [value]);
  }
  return (key) => index.get(key) ?? [];
}

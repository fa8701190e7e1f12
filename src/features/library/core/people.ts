/** Two media servers may write a name in two ways: the same letters in any case are one person (Maintainerr#911). */
export const personKey = (name: string): string => name.trim().normalize('NFC').toLowerCase();

export const isSamePerson = (a: string, b: string): boolean => personKey(a) === personKey(b);

/** Of two spellings always the same one, whatever the order they come in; not the one in capitals. */
export const spellingOf = (a: string, b: string): string => (a > b ? a : b);

function byPerson(lists: readonly (readonly string[])[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const name of lists.flat()) {
    const key = personKey(name);
    if (key !== '') names.set(key, spellingOf(names.get(key) ?? name, name));
  }
  return names;
}

/** Everybody once, in the order of their names. */
export const unionOfNames = (lists: readonly (readonly string[])[]): string[] =>
  [...byPerson(lists)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, name]) => name);

/** How a person of these lists is written everywhere, so that one person has one name; a stranger stays as told. */
export function spellingIn(lists: readonly (readonly string[])[]): (name: string) => string {
  const names = byPerson(lists);
  return (name) => names.get(personKey(name)) ?? name;
}

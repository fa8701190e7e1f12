export type Key = { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean };
export type Command = { do: 'search' } | { do: 'help' } | { do: 'go'; key: string } | { do: 'wait' } | null;

/**
 * What a key means while nobody is typing. `g` waits for a second key, as in many web programs;
 * keys with Ctrl, Alt or Command belong to the browser.
 */
export function commandOf(event: Key, previous: string | null): Command {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (previous === 'g' && /^[a-z]$/.test(event.key)) return { do: 'go', key: event.key };
  if (event.key === '/') return { do: 'search' };
  if (event.key === '?') return { do: 'help' };
  return event.key === 'g' ? { do: 'wait' } : null;
}

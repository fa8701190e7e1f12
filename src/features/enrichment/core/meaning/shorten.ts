/** Below this a text is not too long for any model; whoever refuses it has another reason. */
const SHORTEST = 200;

/**
 * About half of a text, cut at the end of a word, for a model that takes no longer one. Null when it is short already:
 * cutting it further would leave nothing of what it says.
 */
export function shorten(text: string): string | null {
  if (text.length <= SHORTEST) return null;
  const half = text.slice(0, Math.ceil(text.length / 2)).toWellFormed();
  const end = half.search(/\s\S*$/u);
  // Some languages write without spaces; then any place will do.
  return end > half.length / 2 ? half.slice(0, end) : half;
}

/** What is longer or has a number in it was not typed by anybody who writes words. */
const isCounted = (word: string): boolean => word.length <= 30 && /^\p{L}+$/u.test(word);

/** By how much the number of passages of each word changes when some go and others come. */
export function countedWords(
  gone: readonly string[],
  came: readonly string[],
): { word: string; passages: number }[] {
  const counts = new Map<string, number>();
  const count = (passages: readonly string[], one: number) => {
    for (const words of passages)
      for (const word of new Set(words.split(' ')))
        if (isCounted(word)) counts.set(word, (counts.get(word) ?? 0) + one);
  };
  count(gone, -1);
  count(came, 1);
  return [...counts]
    .filter(([, passages]) => passages !== 0)
    .map(([word, passages]) => ({ word, passages }))
    .toSorted((a, b) => (a.word < b.word ? -1 : 1));
}

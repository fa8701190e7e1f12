import { wordsOf, type ReadText } from './text.ts';

/**
 * How people write a folded word: with the accents that most of these texts have. A capital is only its own when every
 * text has it, since a sentence may begin with any word.
 */
export function writtenForm(folded: string, texts: readonly string[]): string {
  const forms = texts.flatMap((text) =>
    wordsOf(text)
      .filter((word) => word.folded === folded)
      .map(({ from, to }) => text.slice(from, to)),
  );
  const usual = mostUsual(forms.map((form) => form.toLowerCase()));
  const same = forms.filter((form) => form.toLowerCase() === usual);
  const isName = same.every((form) => form !== usual);
  return (isName ? mostUsual(same) : usual) ?? folded;
}

function mostUsual(forms: readonly string[]): string | undefined {
  const counts = [...Map.groupBy(forms, (form) => form)].map(([form, same]) => ({
    form,
    times: same.length,
  }));
  return counts.toSorted((a, b) => b.times - a.times || (a.form < b.form ? -1 : 1))[0]?.form;
}

/**
 * Of words that have accents or other signs, how most of these texts write them, without capitals; others are written as they
 * are folded.
 */
export function accented(texts: readonly ReadText[]): ReadonlyMap<string, string> {
  const timesOf = new Map<string, Map<string, number>>();
  const add = (folded: string, form: string): void => {
    const times = timesOf.get(folded) ?? new Map<string, number>();
    timesOf.set(folded, times.set(form, (times.get(form) ?? 0) + 1));
  };
  for (const { text, words } of texts)
    for (const { folded, from, to } of words)
      if (hasSigns(text, from, to)) add(folded, text.slice(from, to).toLowerCase());
  // Only of words that somebody writes with signs: nine of ten are never cut out of their text.
  for (const { text, words } of texts)
    for (const { folded, from, to } of words)
      if (timesOf.has(folded) && !hasSigns(text, from, to)) add(folded, folded);
  return new Map(
    [...timesOf].flatMap(([folded, times]): [string, string][] => {
      const [usual] = [...times].sort(([a, ofA], [b, ofB]) => ofB - ofA || (a < b ? -1 : 1));
      return usual === undefined || usual[0] === folded ? [] : [[folded, usual[0]]];
    }),
  );
}

const PLAIN_END = 0x80;
function hasSigns(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (text.charCodeAt(at) >= PLAIN_END) return true;
  return false;
}

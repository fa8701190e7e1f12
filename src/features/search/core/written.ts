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
  const times = new Map<string, number>();
  const formsOf = new Map<string, Set<string>>();
  for (const { text, words } of texts)
    for (const { folded, from, to } of words) {
      const form = text.slice(from, to).toLowerCase();
      times.set(form, (times.get(form) ?? 0) + 1);
      if (form !== folded) formsOf.set(folded, (formsOf.get(folded) ?? new Set()).add(form));
    }
  const usual = (forms: readonly string[]): string | undefined =>
    forms.toSorted((a, b) => (times.get(b) ?? 0) - (times.get(a) ?? 0) || (a < b ? -1 : 1))[0];
  return new Map(
    [...formsOf].flatMap(([folded, forms]): [string, string][] => {
      const form = usual([folded, ...forms]);
      return form === undefined || form === folded ? [] : [[folded, form]];
    }),
  );
}

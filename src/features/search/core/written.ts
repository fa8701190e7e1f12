import { wordsOf } from './text.ts';

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

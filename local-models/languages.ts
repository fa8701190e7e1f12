const english = new Intl.DisplayNames(['en'], { type: 'language' });

/** As OpenAI calls a language: `spanish`. */
export const nameOf = (code: string): string => english.of(code)?.toLowerCase() ?? code;

/** The code among these that is meant by `es`, `es-MX` or `Spanish`; null when none is. */
export function codeIn(codes: readonly string[], told: string): string | null {
  const wanted = told.trim().toLowerCase();
  const base = wanted.replace(/[-_].*$/, '');
  return codes.find((code) => code === base || nameOf(code) === wanted) ?? null;
}

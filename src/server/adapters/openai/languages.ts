/** The languages of Whisper. OpenAI answers with their English names, most other servers with these codes. */
const CODES =
  'af am ar as az ba be bg bn bo br bs ca cs cy da de el en es et eu fa fi fo fr gl gu ha haw he hi hr ht hu hy id is it ja jw ka kk km kn ko la lb ln lo lt lv mg mi mk ml mn mr ms mt my ne nl nn no oc pa pl ps pt ro ru sa sd si sk sl sn so sq sr su sv sw ta te tg th tk tl tr tt uk ur uz vi yi yo yue zh'.split(
    ' ',
  );

/** Whisper's own code for Javanese is none. */
const mended: Readonly<Record<string, string>> = { jw: 'jv', iw: 'he' };

/** Where Whisper calls one otherwise than everybody else. */
const otherNames: Readonly<Record<string, string>> = {
  'haitian creole': 'ht',
  javanese: 'jv',
  myanmar: 'my',
  nynorsk: 'nn',
  tagalog: 'tl',
};

const names = new Intl.DisplayNames(['en'], { type: 'language' });
const byName = new Map(CODES.map((code) => [names.of(code)?.toLowerCase() ?? code, mended[code] ?? code]));

/** BCP 47; null for what is no language that we know. */
export function toLanguage(told: string | null | undefined): string | null {
  const name = told?.trim().toLowerCase() ?? '';
  const base = name.replace(/[-_].*$/, '');
  if (CODES.includes(base) || base in mended) return mended[base] ?? base;
  return otherNames[name] ?? byName.get(name) ?? null;
}

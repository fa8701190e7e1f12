/**
 * One notice that survives a redirect, so that "12 films are kept" is seen with and without JavaScript.
 * The action writes it, the layout reads it once. The text is already in the language of the person.
 */
export type Flash = {
  tone: 'success' | 'info' | 'warning' | 'error';
  text: string;
  /** A form that takes the change back: `action` is an address, `fields` go with it. */
  undo?: { action: string; fields: Record<string, string> };
};

/** The part of SvelteKit's cookies that is used here. */
type CookieJar = {
  get(name: string): string | undefined;
  set(
    name: string,
    value: string,
    options: { path: string; maxAge: number; httpOnly: boolean; sameSite: 'lax'; secure: boolean },
  ): void;
  delete(name: string, options: { path: string }): void;
};

const COOKIE = 'kc_flash';
const TONES: readonly string[] = ['success', 'info', 'warning', 'error'];

/** `secure: false`: most of these servers run on plain http at home, and the notice is no secret. */
export function leaveFlash(cookies: CookieJar, flash: Flash): void {
  const options = { path: '/', maxAge: 60, httpOnly: true, sameSite: 'lax', secure: false } as const;
  cookies.set(COOKIE, JSON.stringify(flash), options);
}

export function takeFlash(cookies: CookieJar): Flash | null {
  const text = cookies.get(COOKIE);
  if (text === undefined) return null;
  cookies.delete(COOKIE, { path: '/' });
  return parseFlash(text);
}

/** A cookie can hold anything, so an undo may only post to this server. */
export function parseFlash(text: string): Flash | null {
  const found = readJson(text);
  if (!isRecord(found) || typeof found['text'] !== 'string' || !TONES.includes(String(found['tone'])))
    return null;
  const flash: Flash = { tone: found['tone'] as Flash['tone'], text: found['text'] };
  const undo = found['undo'];
  if (!isRecord(undo) || typeof undo['action'] !== 'string' || !/^\/(?![/\\])/.test(undo['action']))
    return flash;
  const fields = isRecord(undo['fields'])
    ? Object.entries(undo['fields']).map(([key, value]) => [key, String(value)])
    : [];
  return {
    ...flash,
    undo: { action: undo['action'], fields: Object.fromEntries(fields) as Record<string, string> },
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

import type { Cookies } from '@sveltejs/kit';

type Cookie = {
  name: string;
  value: string;
  path: string;
  httpOnly: boolean;
  secure: boolean;
  sameSite: 'lax' | 'strict' | 'none';
  maxAgeSeconds: number | null;
};

/** Puts what the accounts service gave onto the answer of a page. */
export function keepCookies(jar: Cookies, cookies: readonly Cookie[]): void {
  for (const { name, value, maxAgeSeconds, ...rest } of cookies) {
    jar.set(name, value, { ...rest, ...(maxAgeSeconds === null ? {} : { maxAge: maxAgeSeconds }) });
  }
}

/** Only a path of this server: `next` comes from the address bar, where anybody can write anything. */
export const safeNext = (next: unknown): string =>
  typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : '/';

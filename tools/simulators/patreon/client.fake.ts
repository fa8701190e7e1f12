import type { Resource } from './jsonapi.ts';
import type { PatreonSimulator } from './start.ts';

/** What the tests read of a document. */
export type Document = {
  data: Resource & Resource[];
  included?: Resource[];
  links?: { next?: string };
  meta?: { count?: number; pagination?: { cursors: { next: string | null }; total: number } };
  errors?: { status: string; code_name: string; retry_after_seconds?: number }[];
};

export type Told = { status: number; headers: Headers; text: string; document: Document };

/** Asks the site as the archive does: with the cookie, unless told otherwise. */
export const patron =
  (patreon: Pick<PatreonSimulator, 'url' | 'cookie'>) =>
  async (path: string, headers: Record<string, string> = { cookie: patreon.cookie }): Promise<Told> => {
    const url = path.startsWith('http') ? path : `${patreon.url}${path}`;
    const response = await fetch(url, { headers, redirect: 'manual' });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    const document = (isJson ? JSON.parse(text) : {}) as Document;
    return { status: response.status, headers: response.headers, text, document };
  };

export type Ask = ReturnType<typeof patron>;

import type { SearchDocument } from '../core/document.ts';
import type { TextSource } from './ports.ts';

export type FakeTexts = TextSource & {
  put: (document: SearchDocument, changedAt?: Date) => void;
  drop: (ref: string) => void;
};

/** Documents in memory, as a feature would tell them. */
export function fakeTexts(kind: TextSource['kind'] = 'post'): FakeTexts {
  const rows = new Map<string, { document: SearchDocument; changedAt: Date }>();
  const isAfter = (a: { ref: string; changedAt: Date }, b: { ref: string; changedAt: Date }) =>
    a.changedAt > b.changedAt || (a.changedAt.getTime() === b.changedAt.getTime() && a.ref > b.ref);
  return {
    kind,
    put: (document, changedAt = new Date('2026-01-01T00:00:00Z')) =>
      void rows.set(document.ref, { document, changedAt }),
    drop: (ref) => void rows.delete(ref),
    changed: async (since, after, limit) =>
      [...rows]
        .map(([ref, { changedAt }]) => ({ ref, changedAt }))
        .filter(
          (row) => (since === null || row.changedAt >= since) && (after === null || isAfter(row, after)),
        )
        .sort((a, b) => (isAfter(a, b) ? 1 : -1))
        .slice(0, limit),
    documents: async (refs) => refs.flatMap((ref) => rows.get(ref)?.document ?? []),
    existing: async (refs) => new Set(refs.filter((ref) => rows.has(ref))),
  };
}

type Short = Partial<Omit<SearchDocument, 'stretches'>> & { body?: string; comments?: readonly string[] };

export const aDocument = ({ body = '', comments = [], ...document }: Short = {}): SearchDocument => ({
  kind: 'post',
  ref: 'p1',
  title: 'A post',
  type: 'text',
  creator: { id: 'c1', name: 'Ana López' },
  source: { id: 's1', name: 'Patreon' },
  tags: [],
  lists: [],
  statuses: [],
  at: new Date('2026-03-01T10:00:00Z'),
  ...document,
  stretches: [
    ...body.split('\n\n').map((text, block) => ({
      part: 'body' as const,
      locator: { at: 'block' as const, block },
      text,
    })),
    ...comments.map((text, index) => ({
      part: 'comments' as const,
      locator: { at: 'comment' as const, comment: `k${index}` },
      text,
    })),
  ],
});

/** Two that say nearly the same in two languages, and another. */
export function putThree(texts: FakeTexts): void {
  texts.put(
    aDocument({
      ref: 'cancion',
      title: 'Canciones de invierno',
      body: 'Ayer grabé una canción nueva en el estudio de casa. La guitarra suena muy cerca.\n\nEl micrófono costó 40 euros.',
      tags: ['música'],
      lists: ['Lo mejor'],
      comments: ['Bo: ¡Qué maravilla de armonía!'],
    }),
  );
  texts.put(
    aDocument({
      ref: 'song',
      title: 'Winter songs',
      body: 'Yesterday I recorded a new song in the studio at home. The microphones are old.',
      creator: { id: 'c2', name: 'Bo Larsen' },
      type: 'audio',
      at: new Date('2024-05-17T10:00:00Z'),
      statuses: ['locked'],
    }),
  );
  texts.put(
    aDocument({ ref: 'bread', title: 'Bread', body: 'Flour, water, salt and a guitar playing.', at: null }),
  );
}

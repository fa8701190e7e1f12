import { parts, type Part } from './document.ts';
import { fold } from './text.ts';

/** Filters that compare a name by its folded words. */
const named = ['creator', 'source', 'type', 'tag', 'list', 'status'] as const;
export type FilterName = (typeof named)[number];

export type QueryFilter =
  | { name: FilterName; value: string; isWithout: boolean }
  | { name: 'before' | 'after'; at: Date; isWithout: boolean };

type Read =
  | {
      is: 'filter';
      filter:
        | Omit<Extract<QueryFilter, { value: string }>, 'isWithout'>
        | Omit<Extract<QueryFilter, { at: Date }>, 'isWithout'>;
    }
  | { is: 'part' }
  | { is: 'bad' };

/** What people may type in Spanish is the same filter. */
const inSpanish: Readonly<Record<string, string>> = {
  creador: 'creator',
  creadora: 'creator',
  fuente: 'source',
  tipo: 'type',
  etiqueta: 'tag',
  lista: 'list',
  estado: 'status',
  antes: 'before',
  desde: 'after',
  en: 'in',
};

export const isPart = (text: string): text is Part => (parts as readonly string[]).includes(text);
const isNamed = (name: string): name is FilterName => (named as readonly string[]).includes(name);

/** Null when there is no such filter. */
export function readFilter(typed: string, value: string): Read | null {
  const name = inSpanish[typed] ?? typed;
  if (name === 'in') return { is: isPart(value) ? 'part' : 'bad' };
  if (name === 'before' || name === 'after') {
    const at = dayOf(value);
    return at ? { is: 'filter', filter: { name, at } } : { is: 'bad' };
  }
  if (!isNamed(name)) return null;
  const folded = fold(value).trim();
  return folded === '' ? { is: 'bad' } : { is: 'filter', filter: { name, value: folded } };
}

/** `2024`, `2024-05` and `2024-05-17`, each from its first moment. */
function dayOf(text: string): Date | null {
  const found = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text);
  if (!found) return null;
  const [, year = '', month = '01', day = '01'] = found;
  const at = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return Number.isNaN(at.getTime()) || at.getUTCDate() !== Number(day) ? null : at;
}

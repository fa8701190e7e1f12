import { fieldsIn, fieldsOf, idIn, isFields, listIn, textIn, type Fields } from '../shared/fields.ts';

/** A JSON:API resource. `type` is as the source writes it, which mixes hyphens and underscores. */
export type Resource = { type: string; id: string; attributes: Fields; relationships: Fields };

export type Identifier = { type: string; id: string };

/** The answer about one thing or a list of things, with what it relates to. */
export type Document = {
  data: readonly Resource[];
  find(identifier: Identifier): Resource | null;
  /** What a relationship points to, as far as it was included. */
  related(of: Resource, name: string): readonly Resource[];
};

const normal = (type: string): string => type.replaceAll('_', '-');
const keyOf = ({ type, id }: Identifier): string => `${normal(type)}/${id}`;

export const isOfType = ({ type }: { type: string }, wanted: string): boolean =>
  normal(type) === normal(wanted);

export function resourceOf(value: unknown): Resource | null {
  if (!isFields(value)) return null;
  const type = textIn(value, 'type');
  const id = idIn(value, 'id');
  if (type === null || id === null) return null;
  return {
    type,
    id,
    attributes: fieldsIn(value, 'attributes'),
    relationships: fieldsIn(value, 'relationships'),
  };
}

const manyOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? (value as unknown[]) : [value];

/** A relationship may be absent, null, one or many. */
export const identifiersOf = (of: Resource, name: string): readonly Identifier[] =>
  manyOf(fieldsIn(of.relationships, name)['data']).flatMap((value) => {
    const type = textIn(fieldsOf(value), 'type');
    const id = idIn(fieldsOf(value), 'id');
    return type === null || id === null ? [] : [{ type, id }];
  });

/** Null when it is no answer of this kind at all. */
export function openDocument(raw: unknown): Document | null {
  if (!isFields(raw) || !('data' in raw)) return null;
  const included = new Map(
    listIn(raw, 'included').flatMap((value) => {
      const resource = resourceOf(value);
      return resource ? [[keyOf(resource), resource] as const] : [];
    }),
  );
  const find = (identifier: Identifier) => included.get(keyOf(identifier)) ?? null;
  return {
    data: manyOf(raw['data']).flatMap((value) => resourceOf(value) ?? []),
    find,
    related: (of, name) => identifiersOf(of, name).flatMap((identifier) => find(identifier) ?? []),
  };
}

/** It leads to something, and none of it came along: whatever is said of it was cut. */
export function isEmptied(document: Document, of: Resource): boolean {
  const led = Object.keys(of.relationships).flatMap((name) => identifiersOf(of, name));
  return led.length > 0 && led.every((identifier) => document.find(identifier) === null);
}

type Entry = { value: unknown; resource: Resource };

/**
 * Out of a page of a list, the document of each of its things, as if it had been asked for by itself: its resource, and of
 * what was included only what it leads to.
 */
export function split(raw: Fields): readonly { resource: Resource; document: Fields }[] {
  const entries = listIn(raw, 'included').flatMap((value): [string, Entry][] => {
    const resource = resourceOf(value);
    return resource ? [[keyOf(resource), { value, resource }]] : [];
  });
  const byKey = new Map(entries);
  return manyOf(raw['data']).flatMap((value) => {
    const resource = resourceOf(value);
    if (!resource) return [];
    return [{ resource, document: { data: value, included: reachable(resource, byKey) } }];
  });
}

/** A campaign leads to everything of its creator, so nothing is followed through it. */
const ENDS: ReadonlySet<string> = new Set(['campaign', 'user']);

function reachable(from: Resource, all: ReadonlyMap<string, Entry>): unknown[] {
  const found = new Map<string, unknown>();
  const left = [from];
  for (let next = left.pop(); next; next = left.pop()) {
    if (next !== from && ENDS.has(next.type)) continue;
    for (const name of Object.keys(next.relationships)) {
      for (const key of identifiersOf(next, name).map(keyOf)) {
        const entry = all.get(key);
        if (!entry || found.has(key)) continue;
        found.set(key, entry.value);
        left.push(entry.resource);
      }
    }
  }
  return [...found.values()];
}

import type { Call, Reply } from '../http.ts';

export type Ref = { type: string; id: string };
export type Relationship = { data: Ref | Ref[] | null; links?: { related: string } };
export type Resource = Ref & {
  /** A function is called when the attribute is wanted: what nobody asks for costs nothing. */
  attributes: Record<string, unknown>;
  relationships?: Record<string, Relationship>;
};

export type Found = { data: Resource | Resource[]; pool: readonly Resource[] };

export const one = (resource: Ref | null | undefined): Relationship => ({
  data: resource ? refOf(resource) : null,
});
export const many = (resources: readonly Ref[]): Relationship => ({ data: resources.map(refOf) });
const refOf = ({ type, id }: Ref): Ref => ({ type, id });

/** Attributes that come only to those who name them (gallery-dl found out the hard way). */
const onlyWhenNamed: Record<string, readonly string[]> = {
  post: ['content_json_string', 'teaser_text_json_string', 'created_at'],
};

/** Writes a document as asked: `include` says what is joined and related, `fields[type]` which attributes come. */
export async function answer(
  call: Pick<Call, 'query'>,
  { data, pool }: Found,
  rest: Record<string, unknown> = {},
  defaultInclude = '',
): Promise<Reply> {
  const paths = includesOf(call.query, defaultInclude);
  const byKey = new Map(pool.map((resource) => [`${resource.type} ${resource.id}`, resource]));
  const roots = Array.isArray(data) ? data : [data];
  const included = new Map<string, Resource>();
  for (const root of roots) for (const path of paths) walk(root, path, { byKey, included });
  const write = (resource: Resource): Promise<Resource> => dress(resource, call.query);
  const rootNames = new Set(paths.map(([first]) => first));
  const main = await Promise.all(
    roots.map((root) => write({ ...root, relationships: named(root.relationships, rootNames) })),
  );
  const beside = await Promise.all(Array.from(included.values(), write));
  return {
    status: 200,
    type: 'application/vnd.api+json',
    body: JSON.stringify({
      data: Array.isArray(data) ? main : main[0],
      ...(beside.length > 0 ? { included: beside } : {}),
      ...rest,
    }),
  };
}

/** `access_rules.tier.null` is `access_rules.tier`; `a.{b,c}` is `a.b,a.c`. */
function includesOf(query: URLSearchParams, defaultInclude: string): string[][] {
  const isBare = query.get('json-api-use-default-includes') === 'false';
  const asked = query.get('include') ?? (isBare ? '' : defaultInclude);
  return expand(asked)
    .split(',')
    .filter(Boolean)
    .map((path) => path.split('.').filter((part) => part !== 'null'));
}

function expand(paths: string): string {
  const braces = /([\w.-]+)\.\{([^{}]*)\}/.exec(paths);
  if (!braces) return paths;
  const [whole, before = '', inner = ''] = braces;
  return expand(
    paths.replace(
      whole,
      inner
        .split(',')
        .map((part) => `${before}.${part}`)
        .join(','),
    ),
  );
}

type Walk = { byKey: ReadonlyMap<string, Resource>; included: Map<string, Resource> };

function walk(from: Resource, path: readonly string[], { byKey, included }: Walk): void {
  const [name, ...rest] = path;
  if (name === undefined) return;
  const data = from.relationships?.[name]?.data ?? [];
  for (const { type, id } of Array.isArray(data) ? data : [data]) {
    const found = byKey.get(`${type} ${id}`);
    if (!found) continue;
    included.set(`${type} ${id}`, found);
    walk(found, rest, { byKey, included });
  }
}

function named(
  relationships: Resource['relationships'],
  names: ReadonlySet<string | undefined>,
): Record<string, Relationship> {
  return Object.fromEntries(Object.entries(relationships ?? {}).filter(([name]) => names.has(name)));
}

/** The query says `fields[access_rule]` where the type is `access-rule`, and `fields[product-variant]` where it is not. */
async function dress(resource: Resource, query: URLSearchParams): Promise<Resource> {
  const { type } = resource;
  const fields = query.get(`fields[${type}]`) ?? query.get(`fields[${type.replace(/-/g, '_')}]`);
  const hidden = onlyWhenNamed[type] ?? [];
  const wanted = fields === null ? null : new Set(fields.replace(/[[\]]/g, '').split(','));
  const attributes: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(resource.attributes)) {
    if (wanted ? !wanted.has(name) : hidden.includes(name)) continue;
    attributes[name] = typeof value === 'function' ? await (value as () => unknown)() : value;
  }
  return { ...resource, attributes };
}

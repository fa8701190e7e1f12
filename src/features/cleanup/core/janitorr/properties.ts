/** What a YAML document holds once it is parsed. */
export type Yaml = null | boolean | number | string | readonly Yaml[] | { readonly [key: string]: Yaml };

/** One value of the file. `name` is what all spellings of a key have in common: see `nameOf`. */
export type Property = {
  name: string;
  /** As it was written, for the report. */
  path: string;
  value: Yaml;
  /** A `${NAME}` that this program cannot know; `isDefaulted`: what stands after its colon is used. */
  variable: { name: string; isDefaulted: boolean } | null;
};

export type Properties = {
  given: ReadonlyMap<string, Property>;
  /** Documents for a profile that the file itself does not switch on. */
  otherProfiles: readonly string[];
};

/**
 * Spring takes `api-key`, `apiKey`, `api_key` and `API_KEY` as one key. What they have in common are the letters and
 * digits; the dots between the parts stay, and brackets around the keys of a map go.
 */
export const nameOf = (path: string): string =>
  path
    .split('.')
    .map((part) =>
      part
        .replace(/^\[(.*)\]$/, '$1')
        .replaceAll(/[-_]/g, '')
        .toLowerCase(),
    )
    .join('.');

/** All documents of a file as one list of properties: what comes later wins, and lists are replaced as a whole. */
export function propertiesOf(documents: readonly Yaml[]): Properties {
  const flat = documents.map((document) => flatten(document, ''));
  const active = new Set(flat.flatMap((properties) => listAt(properties, 'spring.profiles.active')));
  const given = new Map<string, Property>();
  const otherProfiles: string[] = [];
  for (const properties of flat) {
    const wanted = [
      ...listAt(properties, 'spring.config.activate.onprofile'),
      ...listAt(properties, 'spring.profiles'),
    ];
    if (wanted.length > 0 && !wanted.some((profile) => active.has(profile))) {
      otherProfiles.push(...wanted);
      continue;
    }
    for (const property of properties) given.set(property.name, property);
  }
  return { given, otherProfiles };
}

const isMap = (value: Yaml): value is { readonly [key: string]: Yaml } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function flatten(value: Yaml, path: string): Property[] {
  if (isMap(value))
    return Object.entries(value).flatMap(([key, below]) =>
      flatten(below, path === '' ? key : `${path}.${key}`),
    );
  if (path === '') return [];
  return [{ name: nameOf(path), path, ...resolved(value) }];
}

/** `${NAME:otherwise}` stands for whatever the environment of Janitorr says, which is not in the file. */
function resolved(value: Yaml): Pick<Property, 'value' | 'variable'> {
  const found = typeof value === 'string' ? /^\$\{([^:}]+)(?::([^}]*))?\}$/.exec(value.trim()) : null;
  if (found) {
    const [, name = '', otherwise] = found;
    return { value: otherwise ?? null, variable: { name, isDefaulted: otherwise !== undefined } };
  }
  const within = typeof value === 'string' ? /\$\{([^:}]+)/.exec(value) : null;
  return within
    ? { value: null, variable: { name: within[1] ?? '', isDefaulted: false } }
    : { value, variable: null };
}

/** A list, or the texts between commas, as Spring takes both. */
export function textsOf(value: Yaml): string[] {
  const parts = Array.isArray(value)
    ? (value as readonly Yaml[])
    : typeof value === 'string'
      ? value.split(',')
      : [value];
  return parts
    .flatMap((part) =>
      typeof part === 'string' || typeof part === 'number' || typeof part === 'boolean'
        ? [String(part).trim()]
        : [],
    )
    .filter((part) => part !== '');
}

const listAt = (properties: readonly Property[], name: string): string[] =>
  properties.filter((property) => property.name === name).flatMap(({ value }) => textsOf(value));

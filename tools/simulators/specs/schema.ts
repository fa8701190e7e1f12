export const DOCUMENT = 'https://spec.example/openapi.json';

const dropped = new Set(['discriminator', 'example', 'examples', 'xml', 'externalDocs', 'deprecated']);

/** OpenAPI 3.0 as JSON Schema: `nullable` becomes a type, references name their document. */
export function toJsonSchema(value: unknown, isMap = false): unknown {
  if (Array.isArray(value)) return value.map((one) => toJsonSchema(one));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    // A property may well be called `example`; the words are keywords only outside a map of names.
    .filter(([name]) => isMap || !dropped.has(name))
    .map(([name, part]): [string, unknown] => [name, convert(name, part, isMap)]);
  return isMap ? Object.fromEntries(entries) : withNull(Object.fromEntries(entries));
}

function convert(name: string, part: unknown, isMap: boolean): unknown {
  if (!isMap && name === '$ref' && typeof part === 'string') return part.replace(/^#/, `${DOCUMENT}#`);
  return toJsonSchema(
    part,
    !isMap && ['properties', 'schemas', 'paths', 'content', 'responses'].includes(name),
  );
}

function withNull(schema: Record<string, unknown>): Record<string, unknown> {
  if (schema['nullable'] !== true) return schema;
  const { nullable: _, ...rest } = schema;
  if (typeof rest['type'] !== 'string') return { anyOf: [{ type: 'null' }, rest] };
  const values = Array.isArray(rest['enum']) ? { enum: [...(rest['enum'] as unknown[]), null] } : {};
  return { ...rest, type: [rest['type'], 'null'], ...values };
}

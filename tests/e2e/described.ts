import { Ajv2020 } from 'ajv/dist/2020.js';
import * as formats from 'ajv-formats';

/** The package is CommonJS: what it exports as default stands one level deeper than its types say. */
const addFormats = formats.default as unknown as (ajv: Ajv2020) => void;

type Schema = {
  $ref?: string;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  additionalProperties?: unknown;
  required?: string[];
};
type Answer = { content?: Record<string, { schema: Schema }> };
type Operation = { responses: Record<string, Answer>; security?: unknown[] };

type ApiDocument = {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
};

type Asked = { status: number; type: string; body: unknown };

/** Where the named schemas lie, sealed: one of them may be part of itself. */
const NAMED = 'api';

/** The schema, refusing fields that it does not name: what is answered has to be described. */
function sealed(schema: Schema, document: ApiDocument): Schema {
  const seal = (one: Schema): Schema => sealed(one, document);
  if (schema.$ref) return { $ref: NAMED + schema.$ref };
  if (schema.allOf) return seal(joined(schema.allOf, document));
  return {
    ...schema,
    ...(schema.anyOf && { anyOf: schema.anyOf.map(seal) }),
    ...(schema.oneOf && { oneOf: schema.oneOf.map(seal) }),
    ...(schema.items && { items: seal(schema.items) }),
    ...(schema.properties && {
      properties: Object.fromEntries(
        Object.entries(schema.properties).map(([name, one]) => [name, seal(one)]),
      ),
      additionalProperties: schema.additionalProperties ?? false,
    }),
  };
}

const sealedNames = (document: ApiDocument) => ({
  $id: NAMED,
  components: {
    schemas: Object.fromEntries(
      Object.entries(document.components.schemas).map(([name, one]) => [name, sealed(one, document)]),
    ),
  },
});

const joined = (parts: Schema[], document: ApiDocument): Schema => {
  const plain = parts.map(({ $ref, ...part }) => {
    const named =
      $ref === undefined ? part : (document.components.schemas[$ref.split('/').at(-1) ?? ''] ?? part);
    return named.allOf ? joined(named.allOf, document) : named;
  });
  return {
    ...plain[0],
    properties: Object.assign({}, ...plain.map((part) => part.properties)) as Record<string, Schema>,
    required: plain.flatMap((part) => part.required ?? []),
  };
};

const isAt = (template: string, path: string): boolean =>
  new RegExp(`^${template.replaceAll('.', '[.]').replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path);

/** A client that believes nothing: each answer has to be one that the program's own description promises. */
export async function describedApi(address: string, headers: Record<string, string>) {
  const document = (await (await fetch(`${address}/api/v1/openapi.json`)).json()) as ApiDocument;
  const ajv = new Ajv2020({ strict: false });
  addFormats(ajv);
  ajv.addSchema(sealedNames(document));

  function operationOf(method: string, path: string): Operation {
    const templates = Object.keys(document.paths).filter(
      (template) => isAt(template, path) && document.paths[template]?.[method.toLowerCase()],
    );
    const [template = ''] = templates.toSorted((a, b) => a.split('{').length - b.split('{').length);
    const operation = document.paths[template]?.[method.toLowerCase()];
    if (!operation) throw new Error(`${method} ${path} is not described`);
    return operation;
  }

  function check(what: string, operation: Operation, { status, type, body }: Asked): void {
    const described =
      operation.responses[status] ?? (status >= 400 ? operation.responses['default'] : undefined);
    if (!described) throw new Error(`${what}: the status ${status} is not described`);
    const content = Object.entries(described.content ?? {});
    if (content.length === 0) return;
    const schema = content.find(([one]) => one === '*/*' || type.startsWith(one))?.[1].schema;
    if (!schema) throw new Error(`${what}: ${status} as ${type} is not described`);
    if (!type.includes('json') || type.includes('ndjson')) return;
    const validate = ajv.compile(sealed(schema, document));
    if (!validate(body))
      throw new Error(`${what}: ${ajv.errorsText(validate.errors)}\n${JSON.stringify(body)}`);
  }

  async function ask(method: string, path: string, body?: unknown): Promise<Asked> {
    const full = path.startsWith('/health') ? path : `/api/v1${path}`;
    const response = await fetch(address + full, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const type = response.headers.get('content-type') ?? '';
    const text = await response.text();
    const isJson = /^application\/([\w.-]+\+)?json/.test(type);
    const answer = { status: response.status, type, body: isJson ? (JSON.parse(text) as unknown) : text };
    check(`${method} ${path}`, operationOf(method, full.split('?', 1)[0] ?? ''), answer);
    return answer;
  }

  /** For what has to work; an answer that refuses is an error. */
  async function get<T>(path: string): Promise<T> {
    const { status, body } = await ask('GET', path);
    if (status !== 200) throw new Error(`GET ${path}: ${status} ${JSON.stringify(body)}`);
    return body as T;
  }

  return { document, ask, get };
}

export type DescribedApi = Awaited<ReturnType<typeof describedApi>>;

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { createJudge, type Judge } from './specs/judge.ts';
import { findOperation, type OpenApi } from './specs/operations.ts';
import { toJsonSchema } from './specs/schema.ts';
import { acceptsStatus, hasUndeclaredBody, patches, type SpecFamily } from './specs/deviations.ts';

const files = {
  radarr: ['radarr', 'radarr-6.0.3-api-v3.openapi.json'],
  sonarr: ['sonarr', 'sonarr-4.0.19-api-v3.openapi.json'],
  jellyfin: ['jellyfin', 'jellyfin-10.11.11.openapi.json'],
  'jellyfin-10.10': ['jellyfin', 'jellyfin-10.10.7.openapi.json'],
  'jellyfin-12': ['jellyfin', 'jellyfin-12.0.0.openapi.json'],
  seerr: ['seerr', 'seerr-3.1.0.openapi.yml'],
  jellyseerr: ['seerr', 'jellyseerr-2.7.3.openapi.yml'],
  overseerr: ['seerr', 'overseerr-1.34.0.openapi.yml'],
  jellystat: ['jellystat', 'jellystat-main.swagger.json'],
} as const satisfies Record<string, readonly [SpecFamily, string]>;

export type SpecName = keyof typeof files;

/** Everything returns a list of problems; empty is good. */
export type Spec = {
  name: SpecName;
  validateResponse: (method: string, path: string, status: number, body: unknown) => string[];
  validateRequest: (method: string, path: string, query: URLSearchParams, body: unknown) => string[];
};

const folder = join(import.meta.dirname, '../../../shared/specs');
const opened = new Map<SpecName, Spec>();

/** The official description of a service; undefined, with a notice, where the files are not there. */
export function openSpec(name: SpecName): Spec | undefined {
  const known = opened.get(name);
  if (known) return known;
  const [family, file] = files[name];
  const path = join(folder, file);
  if (!existsSync(path)) {
    process.stderr.write(`Skipped: answers are not compared with ${file}, which is not in ${folder}.\n`);
    return undefined;
  }
  const text = readFileSync(path, 'utf8');
  const spec = createSpec(
    name,
    family,
    toJsonSchema(patches(family, file.endsWith('.yml') ? parseYaml(text) : JSON.parse(text))) as OpenApi,
  );
  opened.set(name, spec);
  return spec;
}

function createSpec(name: SpecName, family: SpecFamily, document: OpenApi): Spec {
  const judge = createJudge(document);
  const prefix = family === 'seerr' ? '/api/v1' : '';
  const find = (method: string, path: string) =>
    path.startsWith(prefix) ? findOperation(document, method, path.slice(prefix.length) || '/') : undefined;

  return {
    name,
    validateResponse(method, path, status, body) {
      const operation = find(method, path);
      if (!operation) return [`${name} has no ${method} ${path}`];
      const declared = acceptsStatus(family, status, Object.keys(operation.responses));
      if (declared === undefined) return [`${method} ${path} never answers ${String(status)}`];
      const schema = declared === 'any' ? undefined : bodySchema(operation.responses[declared]?.content);
      if (!schema || hasUndeclaredBody(family, method, path)) return [];
      return judge.body(schema, body).map((problem) => `${method} ${path} ${String(status)}: ${problem}`);
    },
    validateRequest(method, path, query, body) {
      const operation = find(method, path);
      if (!operation) return [`${name} has no ${method} ${path}`];
      const schema = bodySchema(operation.requestBody?.content);
      const problems = [
        ...queryProblems(judge, operation.parameters, query),
        ...(schema && body !== undefined ? judge.body(schema, body) : []),
      ];
      if (body !== undefined && !operation.requestBody && !hasUndeclaredBody(family, method, path))
        problems.push('a body is sent and none is described');
      return problems.map((problem) => `${method} ${path}: ${problem}`);
    },
  };
}

type Content = Record<string, { schema?: object }> | undefined;

const bodySchema = (content: Content): object | undefined => content?.['application/json']?.schema;

function queryProblems(
  judge: Judge,
  parameters: readonly { name: string; in: string; schema?: object }[],
  query: URLSearchParams,
): string[] {
  const known = new Map(
    parameters.filter((one) => one.in === 'query').map((one) => [one.name.toLowerCase(), one]),
  );
  return [...new Set(query.keys())].flatMap((asked) => {
    // How a key is sent is not part of the descriptions' parameters.
    if (/^api_?key$/i.test(asked)) return [];
    const parameter = known.get(asked.toLowerCase());
    if (!parameter) return [`the query ${asked} is not described`];
    return parameter.schema
      ? judge.query(parameter.schema, query.getAll(asked)).map((problem) => `query ${asked}: ${problem}`)
      : [];
  });
}

type Content = Record<string, { schema?: object }>;

export type Operation = {
  parameters: { name: string; in: string; required?: boolean; schema?: object }[];
  requestBody?: { content: Content };
  responses: Record<string, { content?: Content }>;
};

type PathItem = Record<string, unknown>;
export type OpenApi = { paths: Record<string, PathItem> };

/** The operation for a real path: fixed words win over parameters, case does not count. */
export function findOperation(document: OpenApi, method: string, path: string): Operation | undefined {
  const parts = path.toLowerCase().split('/');
  let best: { item: PathItem; parameters: number } | undefined;
  for (const [template, item] of Object.entries(document.paths)) {
    if (!(method.toLowerCase() in item)) continue;
    const parameters = countParameters(template.toLowerCase().split('/'), parts);
    if (parameters !== undefined && (!best || parameters < best.parameters)) best = { item, parameters };
  }
  const operation = best?.item[method.toLowerCase()] as Operation | undefined;
  if (!operation) return undefined;
  const shared = (best?.item['parameters'] ?? []) as Operation['parameters'];
  return {
    ...operation,
    parameters: [...shared, ...((operation.parameters as Operation['parameters'] | undefined) ?? [])],
  };
}

function countParameters(template: readonly string[], parts: readonly string[]): number | undefined {
  if (template.length !== parts.length) return undefined;
  let parameters = 0;
  for (const [index, word] of template.entries()) {
    if (word.startsWith('{')) parameters += 1;
    else if (word !== parts[index]) return undefined;
  }
  return parameters;
}

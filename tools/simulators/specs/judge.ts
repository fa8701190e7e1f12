import { Ajv, type ValidateFunction } from 'ajv';
import * as formats from 'ajv-formats';
import { formatDeviations } from './deviations.ts';
import { DOCUMENT } from './schema.ts';

// The package is CommonJS, so its own default lies within the default.
const addFormats = formats.default as unknown as (ajv: Ajv) => void;

export type Judge = {
  body: (schema: object, value: unknown) => string[];
  /** Values of one query name; text is read as the type that the schema wants. */
  query: (schema: object, values: readonly string[]) => string[];
};

export function createJudge(document: object): Judge {
  const strict = createValidator(document, false);
  const lenient = createValidator(document, true);
  return {
    body: (schema, value) => strict(schema, value),
    query: (schema, values) => {
      const list = values.flatMap((value) => value.split(','));
      return lenient(
        { type: 'object', properties: { value: schema } },
        { value: isList(schema) ? list : values[0] },
      );
    },
  };
}

const isList = (schema: object): boolean => 'type' in schema && JSON.stringify(schema.type).includes('array');

function createValidator(document: object, coerce: boolean) {
  const ajv = new Ajv({
    strict: false,
    allErrors: false,
    coerceTypes: coerce,
    logger: false,
    inlineRefs: false,
  });
  addFormats(ajv);
  for (const [name, format] of Object.entries(formatDeviations)) ajv.addFormat(name, format);
  ajv.addSchema(document, DOCUMENT);
  const compiled = new WeakMap<object, ValidateFunction>();
  return (schema: object, value: unknown): string[] => {
    const validate = compiled.get(schema) ?? ajv.compile(schema);
    compiled.set(schema, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      (error) =>
        `${error.instancePath || 'the whole'} ${error.message ?? ''} ${JSON.stringify(error.params)}`,
    );
  };
}

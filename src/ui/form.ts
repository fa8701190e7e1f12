import type { z } from 'zod';

/** `code` is turned into words by `form-errors.ts`; `params` are the numbers in them. */
export type FieldError = { code: string; params?: Record<string, number | string> };

/** What a page needs to show a form again: what was typed, and what was wrong with it. */
export type FormState = { values: Record<string, string>; errors: Record<string, FieldError[]> };

export type ReadForm<T> =
  { ok: true; value: T; values: Record<string, string> } | { ok: false; state: FormState };

/** These are never sent back to the page, not even to the one who typed them. */
const SECRET = /password|secret|token|(^|_|[a-z])key$|^key$/i;

/** Reads a posted form once: either the parsed value, or the state to `fail(400, …)` with. */
export async function readForm<T>(request: Request, schema: z.ZodType<T>): Promise<ReadForm<T>> {
  return parseForm(await request.formData(), schema);
}

/** A name that is posted several times (`tags`) becomes an array for the schema and a comma list for the page. */
export function parseForm<T>(data: FormData, schema: z.ZodType<T>): ReadForm<T> {
  const input: Record<string, unknown> = {};
  const values: Record<string, string> = {};
  for (const name of new Set(data.keys())) {
    const texts = data.getAll(name).filter((value) => typeof value === 'string');
    input[name] = texts.length > 1 ? texts : texts[0];
    if (!SECRET.test(name)) values[name] = texts.join(',');
  }

  const parsed = schema.safeParse(input);
  if (parsed.success) return { ok: true, value: parsed.data, values };

  const errors: Record<string, FieldError[]> = {};
  for (const issue of parsed.error.issues) {
    (errors[String(issue.path[0] ?? '')] ??= []).push(fieldError(issue, input));
  }
  return { ok: false, state: { values, errors } };
}

/** For what only the service knows: `refuse(form.values, { username: 'username-taken' })`; `''` is the whole form. */
export function refuse(
  values: Record<string, string>,
  errors: Record<string, string | FieldError>,
): FormState {
  return {
    values,
    errors: Object.fromEntries(
      Object.entries(errors).map(([name, error]) => [
        name,
        [typeof error === 'string' ? { code: error } : error],
      ]),
    ),
  };
}

const OWN_CODE = /^[a-z]+([.-][a-z0-9]+)+$|^required$|^invalid$/;

/**
 * A schema may give its own code as the message (`z.string().refine(…, 'username-taken')`); else Zod's code is translated.
 * Of a name that is posted several times, `row` (from 1) says which one is wrong.
 */
function fieldError(issue: z.core.$ZodIssue, input: Record<string, unknown>): FieldError {
  const error = codeOf(issue, input);
  const row = issue.path[1];
  return typeof row === 'number' ? { ...error, params: { ...error.params, row: row + 1 } } : error;
}

function codeOf(issue: z.core.$ZodIssue, input: Record<string, unknown>): FieldError {
  if (OWN_CODE.test(issue.message)) return { code: issue.message };
  const given = input[String(issue.path[0] ?? '')];
  if (given === undefined || given === '') return { code: 'required' };
  switch (issue.code) {
    case 'too_small':
      return tooSmall(issue);
    case 'too_big':
      return tooBig(issue);
    case 'invalid_type':
      return { code: TYPES[issue.expected] ?? 'invalid' };
    case 'invalid_format':
      return { code: FORMATS[issue.format] ?? 'bad-format' };
    case 'invalid_value':
      return { code: 'not-a-choice' };
    case 'invalid_union':
      return { code: issue.errors.length === 0 ? 'not-a-choice' : 'invalid' };
    default:
      return { code: 'invalid' };
  }
}

const TYPES: Readonly<Record<string, string>> = { int: 'not-whole', number: 'not-a-number' };
const FORMATS: Readonly<Record<string, string>> = { email: 'not-an-email', url: 'not-a-url' };

const isLength = (origin: string): boolean => origin === 'string' || origin === 'array';

const tooSmall = (issue: { origin: string; minimum: number | bigint }): FieldError => ({
  code: isLength(issue.origin) ? 'too-short' : 'too-small',
  params: { min: Number(issue.minimum) },
});

const tooBig = (issue: { origin: string; maximum: number | bigint }): FieldError => ({
  code: isLength(issue.origin) ? 'too-long' : 'too-big',
  params: { max: Number(issue.maximum) },
});

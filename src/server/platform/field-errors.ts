import type { z } from 'zod';

/** What is wrong with one field: `path` as `tiers.0.maxAge`, a stable `code` for programs, a sentence for people. */
type FieldProblem = { path: string; code: string; message: string };

/** Sentences for the codes that schemas give as their messages. */
export type FieldWords = Readonly<Record<string, string>>;

const usualWords: FieldWords = {
  required: 'This field is required',
  'too-long': 'This is too long',
  'too-many': 'These are too many',
  'bad-format': 'This does not have the form that it needs',
  'not-a-cursor': 'This is no `next` of an earlier answer',
  'time-span.not-readable': 'This is no time span; write it as 90d, 12w, 6m or 1y',
  'time-span.no-unit': 'A time span needs a unit: 90d, 12w, 6m or 1y',
  'time-span.under-a-day': 'A time span is at least one day',
  'time-span.too-long': 'A time span is at most a hundred years',
};

const CODES: Partial<Record<z.core.$ZodIssue['code'], string>> = {
  invalid_type: 'wrong-type',
  invalid_value: 'not-a-choice',
  invalid_format: 'bad-format',
  invalid_union: 'invalid',
};

/** A schema may give a code of its own as the message: `z.string().refine(…, 'policy.name-missing')`. */
const OWN_CODE = /^[a-z][a-z0-9]*([._-][a-z0-9]+)*$/;

/** The mistakes in a request, each beside its field. Fields that nobody knows are told one by one. */
export const fieldProblems = (issues: readonly z.core.$ZodIssue[], words: FieldWords = {}): FieldProblem[] =>
  issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => unknownField([...issue.path, key]))
      : [fieldProblem(firstOf(issue), { ...usualWords, ...words })],
  );

/** Of several choices none fitted: what was wrong with the first says more than that. */
function firstOf(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  const inner = issue.code === 'invalid_union' ? issue.errors[0]?.[0] : undefined;
  return inner ? { ...inner, path: [...issue.path, ...inner.path] } : issue;
}

const pathOf = (path: readonly PropertyKey[]): string => path.map(String).join('.');

const unknownField = (path: readonly PropertyKey[]): FieldProblem => ({
  path: pathOf(path),
  code: 'unknown-field',
  message: 'There is no such field',
});

function fieldProblem(issue: z.core.$ZodIssue, words: FieldWords): FieldProblem {
  const code = codeOf(issue);
  const said = OWN_CODE.test(issue.message) || code === 'required';
  return { path: pathOf(issue.path), code, message: (said ? words[code] : undefined) ?? issue.message };
}

function codeOf(issue: z.core.$ZodIssue): string {
  if (OWN_CODE.test(issue.message)) return issue.message.replaceAll('_', '-');
  // The value itself is not in the issue, because it may be a secret.
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) return 'required';
  // No form of a union goes by this name: nothing else can be wrong with it.
  if (issue.code === 'invalid_union' && issue.errors.length === 0) return 'not-a-choice';
  if (issue.code === 'too_small') return isLength(issue.origin) ? 'too-short' : 'too-small';
  if (issue.code === 'too_big') return isLength(issue.origin) ? 'too-long' : 'too-big';
  return CODES[issue.code] ?? 'invalid';
}

const isLength = (origin: string): boolean => origin === 'string' || origin === 'array';

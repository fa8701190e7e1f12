import { expect, test } from 'vitest';
import { z } from 'zod';
import { fieldProblems } from './field-errors.ts';

const schema = z.strictObject({
  name: z.string().min(1, 'required').max(3, 'too_long'),
  kind: z.enum(['a', 'b']),
  rows: z.array(z.strictObject({ size: z.number().max(9) })).default([]),
  type: z.union([z.enum(['a', 'b']), z.array(z.enum(['a', 'b']))]).optional(),
  path: z.string().regex(/^\//, 'path-absolute').optional(),
});

const problemsOf = (input: unknown) =>
  fieldProblems(schema.safeParse(input).error?.issues ?? [], { 'path-absolute': 'The path starts with /' });

test('a field that is missing is required', () => {
  expect(problemsOf({ kind: 'a' })).toEqual([
    { path: 'name', code: 'required', message: 'This field is required' },
  ]);
});

test('fields that nobody knows are named, also deep inside', () => {
  expect(problemsOf({ name: 'a', kind: 'a', x: 1, y: 2, rows: [{ size: 1, z: 3 }] })).toMatchObject([
    { path: 'rows.0.z', code: 'unknown-field' },
    { path: 'x', code: 'unknown-field' },
    { path: 'y', code: 'unknown-field' },
  ]);
});

test("a schema's own code comes with the feature's words", () => {
  expect(problemsOf({ name: 'long', kind: 'a', path: 'films' })).toEqual([
    { path: 'name', code: 'too-long', message: 'This is too long' },
    { path: 'path', code: 'path-absolute', message: 'The path starts with /' },
  ]);
});

test('of several shapes the first one tells what is wrong', () => {
  expect(problemsOf({ name: 'a', kind: 'a', type: 'c' })).toMatchObject([
    { path: 'type', code: 'not-a-choice' },
  ]);
});

test('other mistakes say what was expected', () => {
  expect(problemsOf({ name: 3, kind: 'c', rows: [{ size: 10 }] })).toMatchObject([
    { path: 'name', code: 'wrong-type', message: expect.stringContaining('expected string') as string },
    { path: 'kind', code: 'not-a-choice' },
    { path: 'rows.0.size', code: 'too-big' },
  ]);
});

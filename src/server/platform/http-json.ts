import type { z } from 'zod';
import { err, ok, type Result } from '#core/result.ts';
import type { Opened } from './http-body.ts';
import type { HttpFailure } from './http-failure.ts';
import { createArrayScanner } from './json-array.ts';

const BATCH = 200;

/** `prefix` is where in the whole answer this text stands. */
export function parseJson<T>(text: string, schema: z.ZodType<T>, prefix = ''): Result<T, HttpFailure> {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return err({ code: 'http.bad-json', reason: text.trim() === '' ? 'empty' : 'malformed' });
  }
  const parsed = schema.safeParse(raw);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  const where = [prefix, ...(issue?.path ?? []).map(String)].filter((part) => part !== '').join('.');
  return err({ code: 'http.unexpected-shape', where: `${where || 'answer'}: ${issue?.code ?? 'invalid'}` });
}

/** The elements of a long array as they come; only a return of `ok` means that it came whole. */
export async function* elementsOf<T>(
  opened: Opened,
  schema: z.ZodType<T>,
): AsyncGenerator<readonly T[], Result<void, HttpFailure>> {
  const scanner = createArrayScanner();
  let batch: T[] = [];
  let index = 0;
  for await (const piece of opened.read()) {
    const texts = scanner.push(piece);
    if (!texts.ok) return err({ code: 'http.bad-json', reason: texts.error });
    for (const text of texts.value) {
      const element = parseJson(text, schema, String(index));
      if (!element.ok) return element;
      batch.push(element.value);
      index += 1;
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
  }
  const end = scanner.end();
  if (!end.ok) return err({ code: 'http.bad-json', reason: end.error });
  if (batch.length > 0) yield batch;
  return ok(undefined);
}

import { err, ok, type Result } from '#core/result.ts';

export type BodyProblem = { code: 'too-large' } | { code: 'not-json'; why: string } | { code: 'bad-text' };

/**
 * Reads the body of a request, at most `mostBytes`. Counts instead of believing `content-length`, which a client that
 * sends in chunks does not give.
 */
export async function readBody(request: Request, mostBytes: number): Promise<Result<string, BodyProblem>> {
  if (Number(request.headers.get('content-length') ?? 0) > mostBytes) return err({ code: 'too-large' });
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > mostBytes) return err({ code: 'too-large' });
    chunks.push(chunk);
  }
  return ok(Buffer.concat(chunks).toString('utf8'));
}

/** Whether PostgreSQL can keep it: no zero character and no half of a surrogate pair, which it refuses. */
export const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/** Whether a text is JSON, and every text in it can be stored. */
export function checkJson(text: string): Result<void, BodyProblem> {
  const refused: string[] = [];
  try {
    JSON.parse(text, (key, value: unknown) => {
      if (!isStorable(key) || (typeof value === 'string' && !isStorable(value))) refused.push(key);
      return value;
    });
  } catch (problem) {
    // A RangeError is brackets in brackets, deeper than anybody means.
    return err({ code: 'not-json', why: problem instanceof SyntaxError ? problem.message : 'too deep' });
  }
  return refused.length === 0 ? ok(undefined) : err({ code: 'bad-text' });
}

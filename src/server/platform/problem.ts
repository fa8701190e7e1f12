import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z } from '@hono/zod-openapi';
import type { Result } from '#core/result.ts';
import { fieldProblems, type FieldWords } from './field-errors.ts';

type Table = Record<string, readonly [status: ContentfulStatusCode, title: string]>;

/** RFC 9457. `code` is stable and is what programs should look at; `title` is for people. */
export const problemSchema = z
  .object({
    type: z.string().openapi({ example: 'urn:keepercheky:cleanup.policy-not-found' }),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    detail: z.string().optional(),
    /** Present when fields of the request were wrong: the field's path and a code for each message. */
    errors: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })).optional(),
  })
  .loose()
  .openapi('Problem');

/** For the `responses` of a route: what a refusal looks like. */
export const problemResponse = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
});

export function problemAnswer(
  status: ContentfulStatusCode,
  code: string,
  title: string,
  more: object = {},
): Response {
  const body = { type: `urn:keepercheky:${code}`, title, status, code, ...more };
  return Response.json(body, {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  });
}

/** Turns a feature's table of codes into RFC 9457 answers. A code that is not listed does not compile. */
export function problems<T extends Table>(table: T) {
  type Code = keyof T & string;

  const problem = ({ code, ...details }: { code: Code }): Response => {
    const [status, title] = table[code] ?? [500, 'Something went wrong'];
    return problemAnswer(status, code, title, details);
  };

  /** For API routes: go on with the value, or stop here with problem details. */
  const orRefuse = <V>(result: Result<V, { code: Code }>): V => {
    if (result.ok) return result.value;
    const res = problem(result.error);
    throw new HTTPException(res.status as ContentfulStatusCode, { res });
  };

  return { problem, orRefuse };
}

/** The `defaultHook` of an API router: a request that does not fit its schema is answered field by field. */
export const refuseInvalidIn =
  (words: FieldWords) =>
  (result: { success: boolean; error?: z.ZodError }): Response | undefined =>
    result.success || !result.error
      ? undefined
      : problemAnswer(400, 'request.invalid', 'The request is not as the API expects it', {
          errors: fieldProblems(result.error.issues, words),
        });

/** For routers whose schemas have no codes of their own. */
export const refuseInvalid = refuseInvalidIn({});

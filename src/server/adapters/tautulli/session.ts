import type { z } from 'zod';
import { ok, type Result } from '#core/result.ts';
import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import type { Http, HttpCall } from '#server/platform/http.ts';
import type { CallFailure } from '../failures.ts';
import { answerOf } from './schemas.ts';

export type Tautulli = ReturnType<typeof openTautulli>;

/** The key travels in the address, because Tautulli reads it nowhere else; no failure ever holds an address of ours. */
export function openTautulli(http: Http, target: ConnectionTarget) {
  const client = http.at({ url: `${target.url}/api`, headers: {}, secrets: [target.key] });
  return {
    async ask<T>(
      command: string,
      { query, ...call }: Partial<HttpCall>,
      data: z.ZodType<T>,
    ): Promise<Result<T, CallFailure>> {
      const answer = await client.json(
        { ...call, path: 'v2', query: { ...query, cmd: command, apikey: target.key } },
        answerOf(data),
      );
      return answer.ok ? ok(answer.value.response.data) : answer;
    },
  };
}

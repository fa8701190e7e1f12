import { err, ok, type Result } from '#core/result.ts';
import type { Heard } from '#features/enrichment/core/speech/join.ts';
import type { ModelProblem } from '#features/enrichment/core/model.ts';
import type { HttpFailure } from '#server/platform/http.ts';
import type { Transcription } from './schemas.ts';
import { toLanguage } from './languages.ts';

export function toHeard({ text, language, segments }: Transcription): Result<Heard, ModelProblem> {
  if (!segments || segments.length === 0)
    return text.trim() === ''
      ? ok({ language: toLanguage(language), segments: [] })
      : err({ code: 'model.without-times' });
  return ok({
    language: toLanguage(language),
    segments: segments.map(({ start, end, text: said, avg_logprob: certainty, no_speech_prob: silence }) => ({
      fromMs: start * 1000,
      toMs: end * 1000,
      text: said,
      confidence: typeof certainty === 'number' ? Math.min(1, Math.exp(certainty)) : null,
      silence: silence ?? null,
    })),
  });
}

/** OpenAI says it with the same status as "too many requests", which passes by itself; this does not. */
const NO_CREDIT: ReadonlySet<string> = new Set(['insufficient_quota', 'billing_hard_limit_reached']);

export function toModelProblem(failure: HttpFailure): ModelProblem {
  switch (failure.code) {
    case 'http.timed-out':
      return { code: 'model.timed-out', afterMs: failure.afterMs };
    case 'http.refused':
      return { code: 'model.refused', host: failure.host };
    case 'http.host-unknown':
      return { code: 'model.host-unknown', host: failure.host };
    case 'http.metadata':
      return { code: 'model.metadata', host: failure.host };
    case 'http.certificate':
      return { code: 'model.certificate-not-trusted', reason: failure.reason };
    case 'http.redirected':
      return { code: 'model.redirected', to: failure.to };
    case 'http.rate-limited':
      return NO_CREDIT.has(failure.reason ?? '')
        ? { code: 'model.no-credit' }
        : { code: 'model.rate-limited', retryAfterMs: failure.retryAfterMs };
    case 'http.status':
      return ofStatus(failure);
    case 'http.dropped':
      return { code: 'model.unreachable', reason: failure.reason };
    default:
      return { code: 'model.bad-answer', reason: answerReason(failure) };
  }
}

function ofStatus({ status, message }: Extract<HttpFailure, { code: 'http.status' }>): ModelProblem {
  const reason = message || `status ${status}`;
  if (status === 401 || status === 403) return { code: 'model.key-refused' };
  if (status === 402) return { code: 'model.no-credit' };
  if (status === 404 || status === 405) return { code: 'model.not-found', reason };
  if (status === 503) return { code: 'model.not-ready', reason };
  return status >= 500 ? { code: 'model.server-error', status } : { code: 'model.rejected', reason };
}

function answerReason(failure: HttpFailure): string {
  switch (failure.code) {
    case 'http.not-json':
      return failure.contentType || 'no content type';
    case 'http.bad-json':
      return failure.reason;
    case 'http.unexpected-shape':
      return failure.where;
    default:
      return failure.code;
  }
}

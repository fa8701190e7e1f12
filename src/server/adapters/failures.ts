import { err, type Result } from '#core/result.ts';
import type { ProbeProblem, ServiceKind } from '#features/connections/core/connection.ts';
import type { SendProblem } from '#features/notifications/core/send-problem.ts';
import type { ReadProblem } from '#features/library/core/source.ts';
import type { StepProblem } from '#features/cleanup/server/ports.ts';
import type { HttpFailure } from '#server/platform/http.ts';

/**
 * What every adapter can meet: what HTTP can say, and an answer from something else than we asked. One place turns
 * them into each feature's own words, so that the same fault has the same name whatever service it came from.
 */
export type CallFailure =
  HttpFailure | { code: 'call.wrong-product'; found: string } | { code: 'call.wrong-identity'; what: string };

/** Short, for logs and pages; never holds a key, because no failure does. */
function reasonOf(failure: CallFailure): string {
  switch (failure.code) {
    case 'http.timed-out':
      return `timed out after ${failure.afterMs} ms`;
    case 'http.redirected':
      return `redirected to ${failure.to}`;
    case 'http.status':
      return failure.message || `status ${failure.status}`;
    case 'http.certificate':
    case 'http.dropped':
    case 'http.bad-json':
      return `${failure.code}: ${failure.reason}`;
    case 'http.not-json':
      return `answered ${failure.contentType || 'without a content type'}`;
    case 'http.unexpected-shape':
      return `unexpected shape at ${failure.where}`;
    default:
      return identityReason(failure);
  }
}

function identityReason(failure: CallFailure): string {
  if (failure.code === 'call.wrong-product') return `answered by ${failure.found}`;
  return failure.code === 'call.wrong-identity' ? `another ${failure.what} than asked for` : failure.code;
}

export function toReadProblem(failure: CallFailure, what: string): ReadProblem {
  switch (failure.code) {
    case 'http.timed-out':
      return { code: 'read.timed-out', what, afterMs: failure.afterMs };
    case 'http.status':
      return failure.status >= 500
        ? { code: 'read.server-error', what, status: failure.status }
        : { code: 'read.refused', what, status: failure.status };
    case 'http.rate-limited':
      return { code: 'read.refused', what, status: 429 };
    case 'http.refused':
    case 'http.host-unknown':
    case 'http.metadata':
    case 'http.certificate':
    case 'http.dropped':
    case 'http.aborted':
      return { code: 'read.unreachable', what, reason: reasonOf(failure) };
    default:
      return { code: 'read.bad-answer', what, reason: reasonOf(failure) };
  }
}

export function toStepProblem(failure: CallFailure): StepProblem {
  switch (failure.code) {
    case 'http.status':
      return { code: 'step.refused', status: failure.status, reason: reasonOf(failure) };
    case 'http.rate-limited':
      return { code: 'step.refused', status: 429, reason: reasonOf(failure) };
    default:
      return { code: 'step.unreachable', reason: reasonOf(failure) };
  }
}

/** A call as a step of a removal or a restore tells it. */
export async function inSteps<T>(call: Promise<Result<T, CallFailure>>): Promise<Result<T, StepProblem>> {
  const result = await call;
  return result.ok ? result : err(toStepProblem(result.error));
}

export function toProbeProblem(failure: CallFailure, expected: ServiceKind): ProbeProblem {
  switch (failure.code) {
    case 'http.timed-out':
      return { code: 'probe.timed-out', afterMs: failure.afterMs };
    case 'http.refused':
      return { code: 'probe.refused', host: failure.host };
    case 'http.host-unknown':
      return { code: 'probe.host-unknown', host: failure.host };
    case 'http.metadata':
      return { code: 'probe.metadata', host: failure.host };
    case 'http.certificate':
      return { code: 'probe.certificate-not-trusted', reason: failure.reason };
    case 'http.redirected':
      return { code: 'probe.redirected', to: failure.to };
    case 'http.not-json':
      return /html/i.test(failure.contentType)
        ? { code: 'probe.html-answer' }
        : { code: 'probe.bad-answer', what: reasonOf(failure) };
    case 'http.status':
      return probeStatus(failure.status);
    case 'call.wrong-product':
      return { code: 'probe.wrong-product', expected, found: failure.found };
    default:
      return { code: 'probe.bad-answer', what: reasonOf(failure) };
  }
}

function probeStatus(status: number): ProbeProblem {
  if (status === 401 || status === 403) return { code: 'probe.key-refused' };
  if (status === 503) return { code: 'probe.starting' };
  return status >= 500
    ? { code: 'probe.server-error', status }
    : { code: 'probe.bad-answer', what: `status ${status}` };
}

/** The service's own "I do not know this", told apart from the 404 of a proxy or of a wrong base path (T-01). */
export const isOwnNotFound = (failure: CallFailure): boolean =>
  failure.code === 'http.status' && failure.status === 404 && failure.json;

/** The call may have been carried out although no answer came (T-08). */
export const isUnanswered = (failure: CallFailure): boolean =>
  failure.code === 'http.timed-out' || failure.code === 'http.dropped';

export function toSendProblem(failure: CallFailure): SendProblem {
  switch (failure.code) {
    case 'http.timed-out':
      return { code: 'send.timed-out', afterMs: failure.afterMs };
    case 'http.refused':
      return { code: 'send.refused', host: failure.host };
    case 'http.host-unknown':
      return { code: 'send.host-unknown', host: failure.host };
    case 'http.metadata':
      return { code: 'send.metadata', host: failure.host };
    case 'http.certificate':
      return { code: 'send.certificate-not-trusted', reason: failure.reason };
    case 'http.redirected':
      return { code: 'send.redirected', to: failure.to };
    case 'http.rate-limited':
      return { code: 'send.rate-limited', retryAfterMs: failure.retryAfterMs };
    case 'http.status':
      return sendStatus(failure.status, reasonOf(failure));
    case 'http.dropped':
    case 'http.aborted':
      return { code: 'send.unreachable', reason: reasonOf(failure) };
    default:
      return { code: 'send.another-program', reason: reasonOf(failure) };
  }
}

function sendStatus(status: number, reason: string): SendProblem {
  if (status === 401 || status === 403) return { code: 'send.secret-refused' };
  if (status === 404) return { code: 'send.not-found', reason };
  return status >= 500 ? { code: 'send.server-error', status, reason } : { code: 'send.rejected', reason };
}

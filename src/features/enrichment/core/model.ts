/** How a request to a model ended badly, whatever the model is for. */
export type ModelProblem =
  | { code: 'model.host-unknown'; host: string }
  | { code: 'model.refused'; host: string }
  | { code: 'model.metadata'; host: string }
  | { code: 'model.certificate-not-trusted'; reason: string }
  | { code: 'model.timed-out'; afterMs: number }
  | { code: 'model.unreachable'; reason: string }
  | { code: 'model.redirected'; to: string }
  | { code: 'model.key-refused' }
  /** Neither the address nor the model is known there. */
  | { code: 'model.not-found'; reason: string }
  | { code: 'model.rate-limited'; retryAfterMs: number | null }
  /** What was paid for is used up: no waiting mends that. */
  | { code: 'model.no-credit' }
  /** It is still being loaded, or has more to do than it can take. */
  | { code: 'model.not-ready'; reason: string }
  | { code: 'model.server-error'; status: number }
  /** It does not want this sound or text, or this way of asking. */
  | { code: 'model.rejected'; reason: string }
  | { code: 'model.bad-answer'; reason: string }
  /** It says what, but not when: nothing could be opened at its second. */
  | { code: 'model.without-times' }
  /** Its vectors cannot be compared with those that are kept. */
  | { code: 'model.wrong-dimension'; wanted: number; got: number }
  /** Ours: more than servers take in one request. */
  | { code: 'model.too-large'; sizeBytes: number; limitBytes: number }
  /** Ours: nothing is sent, because it was turned off meanwhile. */
  | { code: 'model.off' }
  /** Ours: its address is not kept any more. */
  | { code: 'model.forgotten' }
  /** Ours: the key was sealed by another secret of this program. */
  | { code: 'model.key-unreadable' };

const FOR_PEOPLE: ReadonlySet<ModelProblem['code']> = new Set([
  'model.key-refused',
  'model.not-found',
  'model.metadata',
  'model.no-credit',
  'model.without-times',
  'model.wrong-dimension',
  'model.off',
  'model.forgotten',
  'model.key-unreadable',
]);

/** Trying again would end the same until somebody changes the settings, or pays. */
export const isForPeople = ({ code }: ModelProblem): boolean => FOR_PEOPLE.has(code);

/** For the Jobs page and the log; pages have words of their own. */
export function problemText({ code, ...facts }: ModelProblem): string {
  const told = Object.values(facts)
    .filter((fact) => fact !== null && fact !== '')
    .join(', ');
  return told === '' ? code : `${code}: ${told}`;
}

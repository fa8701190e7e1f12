/** A model that listens, at an address that speaks as OpenAI does. */
export type SpeechModel = {
  isOn: boolean;
  /** With its base path, without a slash at the end. Empty while none was given. */
  url: string;
  model: string;
};

/** As pages and the API show it; the key never leaves the server. */
export type ShownSpeechModel = SpeechModel & { hasKey: boolean };

export const noSpeechModel: SpeechModel = { isOn: false, url: '', model: '' };

/** How a request to a model ended badly. */
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
  | { code: 'model.server-error'; status: number }
  /** It does not want this sound, or this way of asking. */
  | { code: 'model.rejected'; reason: string }
  | { code: 'model.bad-answer'; reason: string }
  /** It says what, but not when: nothing could be opened at its second. */
  | { code: 'model.without-times' }
  /** Ours: more than servers take in one request. */
  | { code: 'model.too-large'; sizeBytes: number; limitBytes: number }
  /** Ours: the key was sealed by another secret of this program. */
  | { code: 'model.key-unreadable' };

/** Trying again would end the same until somebody changes the settings. */
export const isForPeople = ({ code }: ModelProblem): boolean =>
  code === 'model.key-refused' ||
  code === 'model.not-found' ||
  code === 'model.metadata' ||
  code === 'model.without-times' ||
  code === 'model.key-unreadable';

/** For the Jobs page and the log; pages have words of their own. */
export function problemText({ code, ...facts }: ModelProblem): string {
  const told = Object.values(facts)
    .filter((fact) => fact !== null && fact !== '')
    .join(', ');
  return told === '' ? code : `${code}: ${told}`;
}

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

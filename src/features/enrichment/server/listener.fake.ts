import { err, ok } from '#core/result.ts';
import type { Heard } from '../core/speech/join.ts';
import type { ModelProblem } from '../core/model.ts';
import type { Listener, ModelTarget, Sound } from './ports.ts';

export type FakeListener = Listener & {
  heard: { target: ModelTarget; durationMs: number }[];
  /** The next requests end so, in this order. */
  failures: ModelProblem[];
};

type FakeOptions = {
  models?: readonly string[];
  key?: string | null;
  hears?: (sound: Sound) => Heard;
};

const nothing: Heard = { language: null, segments: [] };

export function fakeListener({
  models = ['whisper-1'],
  key = null,
  hears = () => nothing,
}: FakeOptions = {}) {
  const listener: FakeListener = {
    heard: [],
    failures: [],
    async hear(target, sound) {
      const failure = listener.failures.shift();
      if (failure) return err(failure);
      if (key !== null && target.key !== key) return err({ code: 'model.key-refused' });
      if (!models.includes(target.model))
        return err({ code: 'model.not-found', reason: `The model '${target.model}' does not exist` });
      const limitBytes = 25 * 1024 * 1024;
      const sizeBytes = sound.bytes.byteLength;
      if (sizeBytes > limitBytes) return err({ code: 'model.too-large', sizeBytes, limitBytes });
      listener.heard.push({ target, durationMs: sound.durationMs });
      return ok(hears(sound));
    },
    async models(target) {
      return key !== null && target.key !== key ? err({ code: 'model.key-refused' }) : ok(models);
    },
  };
  return listener;
}

import { z } from 'zod';
import type { Sha256 } from '#core/ids.ts';
import { defineJob, permanentFailure, retryLater, type JobOutcome } from '#server/platform/jobs.ts';
import { isForPeople, problemText, type ModelProblem } from '../core/model.ts';
import type { DocumentPictures } from './document-pictures/document-pictures.service.ts';
import type { Recogniser } from './ocr/recognise.service.ts';
import type { EnrichmentService } from './service.ts';
import type { SpeechService } from './speech/speech.service.ts';

const STORE_BACK_SECONDS = 600;
/** When a model says "not so many" without saying when. */
const CALM_SECONDS = 60;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

type Jobs = {
  derive: EnrichmentService['derive'];
  sweep: (signal: AbortSignal) => Promise<unknown>;
  recognising: Pick<Recogniser, 'recognise'>;
  documentPictures: Pick<DocumentPictures, 'takeOut'>;
  speech: Pick<SpeechService, 'transcribe' | 'sweep'>;
};

export const enrichmentJobs = (enrichment: Jobs) => ({
  derive: defineJob({
    name: 'enrichment.derive',
    queue: 'enrichment',
    payload: z.object({ sha256 }),
    concurrency: 1, // sharp and ffmpeg use several cores by themselves
    singletonKey: (payload) => payload.sha256,
    run: async (payload, { signal }) => {
      const derived = await enrichment.derive(payload.sha256 as Sha256, signal);
      return derived.is === 'store-missing' ? storeMissing : undefined;
    },
  }),
  /** Apart from the rest of a file: a book takes an hour. */
  recognise: defineJob({
    name: 'enrichment.recognise',
    queue: 'enrichment',
    payload: z.object({ sha256 }),
    concurrency: 1,
    singletonKey: (payload) => payload.sha256,
    run: async (payload, turn) => {
      const done = await enrichment.recognising.recognise(payload.sha256 as Sha256, turn);
      return done.is === 'store-missing' ? storeMissing : undefined;
    },
  }),
  /** Apart too: it can be done again without the rest, and begins only when the words are read. */
  takeOutPictures: defineJob({
    name: 'enrichment.take-out-pictures',
    queue: 'enrichment',
    payload: z.object({ sha256 }),
    concurrency: 1,
    singletonKey: (payload) => payload.sha256,
    run: async (payload, turn) => {
      const done = await enrichment.documentPictures.takeOut(payload.sha256 as Sha256, turn);
      return done.is === 'store-missing' ? storeMissing : undefined;
    },
  }),
  transcribe: defineJob({
    name: 'enrichment.transcribe',
    queue: 'enrichment',
    payload: z.object({ sha256 }),
    concurrency: 1, // most servers at home have one model in memory and one graphics card
    retries: 5,
    backoff: { firstSeconds: 60, maxSeconds: 3600 },
    singletonKey: (payload) => payload.sha256,
    run: async (payload, turn) => {
      const done = await enrichment.speech.transcribe(payload.sha256 as Sha256, turn);
      if (done.is === 'store-missing') return storeMissing;
      return done.is === 'stopped' ? outcomeOf(done.problem) : undefined;
    },
  }),
  sweep: defineJob({
    name: 'enrichment.sweep',
    queue: 'enrichment',
    payload: z.object({}),
    cron: '40 3 * * *',
    singletonKey: () => 'all',
    run: async (_payload, { signal }) => void (await enrichment.sweep(signal)),
  }),
  speechSweep: defineJob({
    name: 'enrichment.find-speech',
    queue: 'enrichment',
    payload: z.object({}),
    singletonKey: () => 'all',
    run: async (_payload, { signal }) => void (await enrichment.speech.sweep(signal)),
  }),
});

const storeMissing = retryLater(STORE_BACK_SECONDS, 'media folder not there');

/** What only a person can mend is not tried again; the next sweep looks whether somebody did. */
function outcomeOf(problem: ModelProblem): JobOutcome {
  if (problem.code === 'model.rate-limited') {
    const seconds = problem.retryAfterMs === null ? CALM_SECONDS : Math.ceil(problem.retryAfterMs / 1000);
    return retryLater(Math.max(1, seconds), problemText(problem));
  }
  if (isForPeople(problem)) return permanentFailure(problemText(problem));
  throw new Error(problemText(problem));
}

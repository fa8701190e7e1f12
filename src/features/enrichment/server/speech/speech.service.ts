import type { Sha256 } from '#core/ids.ts';
import { err, ok, type Result } from '#core/result.ts';
import { isSettled, wantedFor } from '../../core/derivative.ts';
import { canBeHeard } from '../../core/speech/listening.ts';
import type { MediaFiles, StoredMedia } from '../ports.ts';
import { createStanding } from './captioned.ts';
import { createTranscriber, type TranscribeDeps } from './transcribe.service.ts';

export type SpeechDeps = Omit<TranscribeDeps, 'media'> & {
  media: MediaFiles;
  /** Asks for the job that listens. */
  wake: (sha: Sha256) => Promise<void>;
};

export type AgainProblem =
  | { code: 'enrichment.nothing-to-hear' }
  | { code: 'enrichment.speech-off' }
  | { code: 'enrichment.has-captions' };

export type SpeechService = ReturnType<typeof createSpeechService>;

const PAGE = 500;

/** What a model hears in sound and films that nobody wrote captions for. */
export function createSpeechService(deps: SpeechDeps) {
  const { media, captioned, store, pieces, target, wake, onTextMade } = deps;
  const standing = createStanding(deps);

  /** Captions that came later take the place of what was heard. */
  async function giveWay(sha: Sha256): Promise<void> {
    await pieces.forget(sha);
    if (!(await store.of([sha])).some(({ kind }) => kind === 'speech')) return;
    await store.forget(sha, ['speech']);
    await onTextMade(sha);
  }

  /** Gives whether the job was asked for. */
  async function consider(sha: Sha256, isOn: boolean): Promise<boolean> {
    const stands = await standing(sha);
    if (stands === 'needless') await giveWay(sha);
    if (stands !== 'wanted' || !isOn || isSettled('speech', await store.of([sha]))) return false;
    await wake(sha);
    return true;
  }

  async function considerPage(files: readonly StoredMedia[], isOn: boolean): Promise<number> {
    let wanted = 0;
    for (const file of files) if (canBeHeard(file) && (await consider(file.sha256, isOn))) wanted += 1;
    return wanted;
  }

  const isOn = async (): Promise<boolean> => (await target()) !== null;

  return {
    transcribe: createTranscriber(deps),

    /** All that can be made of a file without a model is made: perhaps there is something to listen to, or no more. */
    async noticed(sha: Sha256): Promise<void> {
      const file = await media.find(sha);
      if (!file) return;
      const isCaptions = wantedFor(file).includes('captions');
      const concerned = isCaptions ? await captioned.captionedBy(sha) : [sha].filter(() => canBeHeard(file));
      for (const one of concerned) await consider(one, await isOn());
    },

    /** The safety net under every lost job, and what begins when somebody turns it on. Gives how many were asked for. */
    async sweep(signal: AbortSignal): Promise<number> {
      await pieces.forgetSettled();
      const on = await isOn();
      let wanted = 0;
      for (let last: Sha256 | null = null; ;) {
        signal.throwIfAborted();
        const files: readonly StoredMedia[] = await media.after(last, PAGE);
        wanted += await considerPage(files, on);
        last = files.at(-1)?.sha256 ?? null;
        if (files.length < PAGE) return wanted;
      }
    },

    /** Listens anew, after a person says so. What was heard before can be read until then. */
    async again(sha: Sha256): Promise<Result<void, AgainProblem>> {
      const file = await media.find(sha);
      if (!file || !canBeHeard(file)) return err({ code: 'enrichment.nothing-to-hear' });
      if (!(await isOn())) return err({ code: 'enrichment.speech-off' });
      if ((await standing(sha)) === 'needless') return err({ code: 'enrichment.has-captions' });
      await store.outdate(sha, 'speech');
      await pieces.forget(sha);
      await wake(sha);
      return ok(undefined);
    },

    forget: (sha: Sha256): Promise<void> => pieces.forget(sha),
  };
}

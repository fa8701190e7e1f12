import type { VectorModel } from '../../core/meaning.ts';
import { nearestOf, sentencesOf, type Sentence } from '../../core/sentences.ts';
import type { Embedder } from '../ports.ts';
import { inTime } from './query-vectors.ts';
import { createRecentVectors } from './recent-vectors.ts';
import { hashOf } from './text-hash.ts';

/** Four bytes for each of their numbers: some megabytes with usual models. */
const KEPT = 600;
/** In one request: the passages that are shown first have their sentences when time is up. */
const AT_ONCE = 32;

type Asked = { model: VectorModel; vector: Float32Array };
type Line = Sentence & { key: string };

/** In each passage the sentence that says most nearly what was meant; null where there was no time to find out. */
export function createNearestSentences(embedder: Pick<Embedder, 'embed'>, deadlineMs: number) {
  const recent = createRecentVectors(KEPT);

  async function embed(model: VectorModel, lines: readonly Line[], signal: AbortSignal): Promise<boolean> {
    const texts = lines.map(({ text }) => text);
    const answer = await embedder.embed({ model: model.id, texts, as: 'passage', signal });
    if (!answer.ok) return false;
    for (const [index, vector] of answer.value.entries()) recent.keep(lines[index]?.key ?? '', vector);
    return true;
  }

  async function embedAll(model: VectorModel, lines: readonly Line[], signal: AbortSignal): Promise<void> {
    for (let from = 0; from < lines.length; from += AT_ONCE) {
      if (signal.aborted || !(await embed(model, lines.slice(from, from + AT_ONCE), signal))) return;
    }
  }

  return async function nearestSentences(
    { model, vector }: Asked,
    texts: readonly string[],
  ): Promise<readonly (Sentence | null)[]> {
    const passages = texts.map((text): Line[] => {
      const sentences = sentencesOf(text);
      return sentences.map((one) => ({ ...one, key: `${model.id} ${hashOf(one.text)}` }));
    });
    const wanted = passages
      .filter((lines) => lines.length > 1)
      .flat()
      .filter(({ key }) => !recent.get(key));
    await inTime(deadlineMs, async (signal) => {
      await embedAll(model, wanted, signal);
      return { ok: true, value: null };
    }).catch(() => undefined); // how a passage begins says enough
    return passages.map((lines) => {
      if (lines.length === 1) return lines[0] ?? null;
      const index = nearestOf(
        vector,
        lines.map(({ key }) => recent.get(key)),
      );
      return index === null ? null : (lines[index] ?? null);
    });
  };
}

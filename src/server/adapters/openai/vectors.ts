import { err, ok, type Result } from '#core/result.ts';
import type { ModelProblem } from '#features/enrichment/core/model.ts';
import type { Embeddings } from './schemas.ts';

const bad = (reason: string): Result<never, ModelProblem> => err({ code: 'model.bad-answer', reason });

/**
 * One vector of length 1 for each text, in the order of the texts; all of them of one dimension, none of them nothing. Some models
 * come to no number for some texts: that is no fault of the others, so it is told as a text that the model does not take.
 */
export function toVectors(
  { data }: Embeddings,
  count: number,
): Result<readonly Float32Array[], ModelProblem> {
  if (data.length !== count) return bad(`${data.length} vectors for ${count} texts`);
  const inOrder: Float32Array[] = [];
  for (const [place, { index, embedding }] of data.entries()) {
    const at = index ?? place;
    if (at < 0 || at >= count || inOrder[at]) return bad(`index ${at} of ${count}`);
    const unit = toUnit(embedding);
    if (!unit) return err({ code: 'model.rejected', reason: 'a vector without a direction' });
    inOrder[at] = unit;
  }
  const dimensions = inOrder[0]?.length ?? 0;
  const other = inOrder.find(({ length }) => length !== dimensions);
  return other ? bad(`vectors of ${dimensions} and of ${other.length} numbers`) : ok(inOrder);
}

/** Null for what has no direction: no numbers, or zeros alone. Scaled first, so that no square is too large for a number. */
function toUnit(told: readonly (number | null)[]): Float32Array | null {
  const numbers = told.filter((one) => one !== null);
  if (numbers.length < told.length) return null;
  const largest = numbers.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
  if (largest === 0 || !Number.isFinite(largest)) return null;
  const length = Math.sqrt(numbers.reduce((sum, one) => sum + (one / largest) ** 2, 0));
  return Float32Array.from(numbers, (one) => one / largest / length);
}

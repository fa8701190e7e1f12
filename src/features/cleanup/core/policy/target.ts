import type { Fact } from '#core/fact.ts';
import type { Target } from './policy.ts';

/** The target as a share of this disk; null without one, or when nobody knows how large the disk is. */
export function targetPercent(target: Target | null, totalBytes: Fact<number>): number | null {
  if (target === null) return null;
  if (target.unit === 'percent') return target.value;
  return totalBytes.known && totalBytes.value > 0 ? (target.value / totalBytes.value) * 100 : null;
}

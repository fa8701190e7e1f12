import type { Measurement } from './measurement.ts';

export function measurePlan(): Promise<Measurement[]> {
  return Promise.resolve([]);
}

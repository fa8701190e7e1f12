import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { SMALL_HEAP } from './small-heap.ts';

// Set from within, a flag that V8 does not know is ignored; on a command line it ends the process.
test.each([
  [SMALL_HEAP, 0],
  [`${SMALL_HEAP}-unknown`, 9],
])('--%s ends Node with %i', (flag, status) => {
  expect(spawnSync(process.execPath, [`--${flag}`, '-e', '0']).status).toBe(status);
});

/**
 * How Node keeps its memory small while a sync turns a hundred megabytes of answers over; the Dockerfile says the same.
 * Its live heap stays below 60 MB there; the rest of the growth is garbage that waits. The program itself
 * does the larger part (`small-heap.ts`); less growth costs processor: with 40 a first sync takes about a sixth more than with 70.
 * No hard limit is set: a library larger than anybody's must be slow, not the end of the program.
 */
export const frugal = {
  flags: ['--max-semi-space-size=4', '--heap-growing-percent=50'],
  // glibc's: freed memory goes back at once, and threads share two pools. 9 MB less in a program that idles.
  environment: { MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '131072' },
};

/**
 * How Node keeps its memory small while a sync turns a hundred megabytes of answers over; the Dockerfile says the same.
 * On its own, Node lets the young part grow to 48 MB and the old one to four times what is in use. No hard limit is set:
 * a library larger than anybody's must be slow, not the end of the program.
 */
export const frugal = ['--max-semi-space-size=2', '--heap-growing-percent=30'];

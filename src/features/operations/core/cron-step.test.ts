import { expect, test } from 'vitest';
import { readCronStep } from './cron-step.ts';

test.each([
  ['*/5 * * * *', { every: 'minutes', count: 5 }],
  ['0 */6 * * *', { every: 'hours', count: 6 }],
  ['25 * * * *', { every: 'hour', minute: 25 }],
  ['*/7 * * * *', null],
  ['0 */5 * * *', null],
  ['0 4 * * *', null],
  ['*/5 * * * 1', null],
  ['', null],
])('%s is read as people say it, or not at all', (cron, step) => {
  expect(readCronStep(cron)).toEqual(step);
});

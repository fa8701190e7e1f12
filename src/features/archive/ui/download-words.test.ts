import { expect, test } from 'vitest';
import { overwriteGetLocale } from '#i18n/runtime.js';
import { downloadText } from './download-words.ts';
import { gapText } from './words.ts';

const ill = { code: 'download.host-failed', host: 'files.example', reason: 'HTTP 503' } as const;

test.each([
  ['en', 'files.example did not give it (HTTP 503)', 'files.example did not answer in time'],
  ['es', 'files.example no lo entregó (HTTP 503)', 'files.example no respondió a tiempo'],
] as const)('a host that is ill is named, and known reasons are words (%s)', (locale, other, late) => {
  overwriteGetLocale(() => locale);
  expect(downloadText(ill)).toBe(other);
  expect(downloadText({ ...ill, reason: 'timed out' })).toBe(late);
  expect(gapText({ code: 'failed', tries: 10, problem: ill }).why).toContain(other);
});

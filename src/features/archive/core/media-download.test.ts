import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DownloadProblem } from './media.ts';
import { brokenPromise, hasRoom, nextStep, type Promised } from './media-download.ts';

const first = { tries: 0, sizeBytes: null, hasGained: false };
const MINUTE_MS = 60_000;

test.each<[DownloadProblem, number]>([
  [{ code: 'source.rate-limited', retryAfterMs: 90_000 }, 90_000],
  [{ code: 'source.rate-limited', retryAfterMs: null }, 15 * MINUTE_MS],
  [{ code: 'source.rate-limited', retryAfterMs: 0 }, MINUTE_MS],
  [{ code: 'source.signed-out' }, 15 * MINUTE_MS],
  [{ code: 'source.challenge' }, 15 * MINUTE_MS],
  [{ code: 'source.user-agent-refused' }, 15 * MINUTE_MS],
  [{ code: 'source.aborted' }, MINUTE_MS],
  [{ code: 'download.disk-full', freeBytes: 1 }, 10 * MINUTE_MS],
  [{ code: 'download.store-missing', path: '/media' }, 10 * MINUTE_MS],
])('%j costs no try, however often it comes', (problem, afterMs) => {
  for (const tries of [0, 3, 1000])
    expect(nextStep(problem, { ...first, tries })).toEqual({ is: 'later', afterMs });
});

test.each<[DownloadProblem, object]>([
  [{ code: 'download.drm' }, { code: 'drm' }],
  [{ code: 'download.not-offered' }, { code: 'not-offered' }],
  [
    { code: 'download.unsupported-host', host: 'example.org' },
    { code: 'unsupported-host', host: 'example.org' },
  ],
  [
    { code: 'download.program-missing', program: 'ffmpeg' },
    { code: 'program-missing', program: 'ffmpeg' },
  ],
  [
    { code: 'download.too-large', limitBytes: 10 },
    { code: 'too-large', limitBytes: 10, sizeBytes: 11 },
  ],
])('%j is a gap at once', (problem, reason) => {
  expect(nextStep(problem, first)).toEqual({ is: 'gap', reason });
});

test('a gap of size tells the size when somebody said it', () => {
  const step = nextStep({ code: 'download.too-large', limitBytes: 10 }, { ...first, sizeBytes: 99 });
  expect(step).toEqual({ is: 'gap', reason: { code: 'too-large', limitBytes: 10, sizeBytes: 99 } });
});

test.each<[DownloadProblem, object]>([
  [{ code: 'source.forbidden' }, { code: 'expired' }],
  [{ code: 'source.not-found' }, { code: 'vanished' }],
])('%j twice is final', (problem, reason) => {
  expect(nextStep(problem, first).is).toBe('again');
  expect(nextStep(problem, { ...first, tries: 1 })).toEqual({ is: 'gap', reason });
});

test('a host that is ill is tried for days, with growing pauses', () => {
  const problem = { code: 'source.server-error', status: 500 } as const;
  const waits: number[] = [];
  for (let tries = 0; ; tries++) {
    const step = nextStep(problem, { ...first, tries });
    if (step.is !== 'again') {
      expect(step).toEqual({ is: 'gap', reason: { code: 'failed', tries: 10, problem } });
      break;
    }
    waits.push(step.afterMs / MINUTE_MS);
  }
  expect(waits).toEqual([5, 15, 45, 135, 405, 720, 720, 720, 720]);
});

test('a line that breaks goes on soon and costs no try, as long as it brings something', () => {
  const problem = { code: 'source.unreachable', reason: 'reset' } as const;
  expect(nextStep(problem, { ...first, tries: 9, hasGained: true })).toEqual({ is: 'later', afterMs: 5000 });
  expect(nextStep(problem, { ...first, tries: 9 }).is).toBe('gap');
});

test('whatever comes again and again ends, waits, or is named', () => {
  const codes: DownloadProblem[] = [
    { code: 'source.bad-request', reason: '' },
    { code: 'source.bad-answer', reason: '' },
    { code: 'source.suspended' },
    { code: 'source.timed-out', afterMs: 1 },
    { code: 'source.unreachable', reason: '' },
    { code: 'download.wrong-type', expected: 'image', found: 'text/html' },
    { code: 'download.wrong-length', expectedBytes: 2, gotBytes: 1 },
    { code: 'download.empty' },
    { code: 'download.program-failed', program: 'ffmpeg', reason: '' },
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...codes), { minLength: 10, maxLength: 20 }), (problems) => {
      const steps = problems.map((problem, tries) => nextStep(problem, { ...first, tries }));
      expect(steps.at(-1)?.is).toBe('gap');
      for (const step of steps) if (step.is === 'again') expect(step.afterMs).toBeGreaterThan(0);
    }),
  );
});

const picture: Promised = { kind: 'image', mimeTypes: ['image/jpeg'], fileName: 'a.jpg', sizeBytes: null };
const file: Promised = { kind: 'file', mimeTypes: [null], fileName: null, sizeBytes: null };

test.each<[string, Promised, string, boolean]>([
  ['a picture', picture, 'image/jpeg', true],
  ['a picture of another format', picture, 'image/webp', true],
  ['a picture in a format that nobody knows', picture, 'application/octet-stream', true],
  ['a page in the place of a picture', picture, 'text/html', false],
  ['a message in the place of a picture', picture, 'application/json', false],
  ['a page in the place of a film', { ...picture, kind: 'video' }, 'text/html', false],
  ['a PDF', { ...file, fileName: 'a.pdf', mimeTypes: ['application/pdf'] }, 'application/pdf', true],
  ['a page in the place of a PDF', { ...file, fileName: 'a.pdf' }, 'text/html', false],
  ['a page in the place of something without a name', file, 'text/html', false],
  ['a page that was attached as one', { ...file, fileName: 'index.HTML' }, 'text/html', true],
  [
    'JSON that was attached as such',
    { ...file, mimeTypes: [null, 'application/json'] },
    'application/json',
    true,
  ],
  ['captions', { ...file, fileName: 'es.vtt' }, 'text/vtt', true],
])('%s: taken or refused', (_what, promised, mimeType, isTaken) => {
  const problem = brokenPromise(promised, { sizeBytes: 5, mimeType });
  expect(problem?.code ?? null).toBe(isTaken ? null : 'download.wrong-type');
});

test('nothing at all, too little and too much are refused', () => {
  const promised = { ...picture, sizeBytes: 5 };
  const got = (sizeBytes: number) => brokenPromise(promised, { sizeBytes, mimeType: 'image/jpeg' });
  expect(got(0)).toEqual({ code: 'download.empty' });
  expect(got(4)).toEqual({ code: 'download.wrong-length', expectedBytes: 5, gotBytes: 4 });
  expect(got(6)).toEqual({ code: 'download.wrong-length', expectedBytes: 5, gotBytes: 6 });
  expect(got(5)).toBeNull();
});

test('what is here already needs no more room', () => {
  const space = { freeBytes: 100, reserveBytes: 40 };
  expect(hasRoom(space, { sizeBytes: 60, haveBytes: 0 })).toBe(true);
  expect(hasRoom(space, { sizeBytes: 61, haveBytes: 0 })).toBe(false);
  expect(hasRoom(space, { sizeBytes: 100, haveBytes: 40 })).toBe(true);
  expect(hasRoom({ freeBytes: 39, reserveBytes: 40 }, { sizeBytes: null, haveBytes: 0 })).toBe(false);
});

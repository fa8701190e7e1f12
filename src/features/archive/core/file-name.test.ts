import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeFileName } from './file-name.ts';

test.each([
  ['Lámina 3 (final).pdf', 'Lámina 3 (final).pdf'],
  ['../../etc/passwd', 'passwd'],
  ['..\\..\\windows\\win.ini', 'win.ini'],
  ['/etc/cron.d/', 'fallback'],
  ['..', 'fallback'],
  ['...', 'fallback'],
  ['', 'fallback'],
  [null, 'fallback'],
  ['.htaccess', 'htaccess'],
  ['photo.jpg\0.exe', 'photo.jpg.exe'],
  ['line\r\nbreak: x.txt', 'linebreak_ x.txt'],
  ['\u202Efdp.exe', 'fdp.exe'],
  ['song\u200F\u2067.mp3', 'song.mp3'],
  ['CON', '_CON'],
  ['nul.txt', '_nul.txt'],
  ['console.txt', 'console.txt'],
  ['what? "why" <b>|*.png', 'what_ _why_ _b___.png'],
  ['trailing. . ', 'trailing'],
  ['👩‍👩‍👧 family 🎉.zip', '👩‍👩‍👧 family 🎉.zip'],
  ['مرحبا.pdf', 'مرحبا.pdf'],
  ['https://cdn.example.org/a/b/c.png', 'c.png'],
  ['lone \ud800 surrogate.txt', 'lone � surrogate.txt'],
  ['e\u0301tude.mid', 'étude.mid'],
])('%j becomes %j', (given, expected) => {
  expect(safeFileName(given, 'fallback')).toBe(expected);
});

test('a name of 300 characters is shortened and keeps what tells its kind', () => {
  const name = safeFileName(`${'long '.repeat(60)}.flac`, 'fallback');
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
  expect(name).toMatch(/^long long .*…\.flac$/);
});

test('a long name is never cut within an emoji', () => {
  const name = safeFileName('🎉'.repeat(300), 'fallback');
  expect(name.isWellFormed()).toBe(true);
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
});

test('whatever it is called: one part of a path, nothing unseen, short, and safe when cleaned again', () => {
  const wild = fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 120 })
    .map((codes) => String.fromCharCode(...codes));
  const nasty = fc.array(fc.constantFrom('../', '\\', '\0', '\u202e', '.', ' ', 'CON', '🎉', 'ñ', 'a'), {
    maxLength: 120,
  });
  fc.assert(
    fc.property(
      fc.oneof(
        wild,
        nasty.map((parts) => parts.join('')),
      ),
      (given) => {
        const name = safeFileName(given, 'fallback');
        expect(name).not.toMatch(/[/\\\0-\x1f\u202a-\u202e\u2066-\u2069]/);
        expect(['', '.', '..']).not.toContain(name);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
        expect(name.isWellFormed()).toBe(true);
        expect(safeFileName(name, 'fallback')).toBe(name);
      },
    ),
  );
});

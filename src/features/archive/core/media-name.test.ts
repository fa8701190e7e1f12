import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contentDisposition, offeredName } from './media-name.ts';

const file = { sha256: '0123456789abcdef'.repeat(4), mimeType: 'image/jpeg' };

test.each([
  ['Lámina 3.jpg', 'Lámina 3.jpg'],
  [null, '0123456789ab.jpg'],
  ['', '0123456789ab.jpg'],
  ['../../etc/passwd', 'passwd.jpg'],
  ['a picture', 'a picture.jpg'],
  ['photo.JPEG', 'photo.JPEG'],
  ['a\0b\r\nSet-Cookie: x.jpg', 'abSet-Cookie_ x.jpg'],
])('%j is offered as %j', (given, name) => {
  expect(offeredName(given, file)).toBe(name);
});

test('what nobody knows has no ending', () => {
  expect(offeredName(null, { ...file, mimeType: 'application/octet-stream' })).toBe('0123456789ab');
});

test.each([
  ['a.jpg', `inline; filename="a.jpg"; filename*=UTF-8''a.jpg`],
  ['Lámina "3".jpg', `inline; filename="Lamina _3_.jpg"; filename*=UTF-8''L%C3%A1mina%20%223%22.jpg`],
  ["it's (100%)*.jpg", `inline; filename="it's (100_)*.jpg"; filename*=UTF-8''it%27s%20%28100%25%29%2A.jpg`],
  ['🎉.zip', `inline; filename="_.zip"; filename*=UTF-8''%F0%9F%8E%89.zip`],
])('%j in a header', (name, header) => {
  expect(contentDisposition('inline', name)).toBe(header);
});

test('whatever a creator called it, the header is one line of plain letters that gives the name back', () => {
  const wild = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 300 });
  fc.assert(
    fc.property(wild, (codes) => {
      const name = offeredName(String.fromCharCode(...codes), file);
      const header = contentDisposition('attachment', name);
      expect(header).toMatch(/^attachment; filename="[^"\\]*"; filename\*=UTF-8''[\w!#$&+.^`|~%-]+$/);
      expect(header).toMatch(/^[ -~]+$/);
      expect(decodeURIComponent(header.split("UTF-8''")[1] ?? '')).toBe(name);
    }),
  );
});

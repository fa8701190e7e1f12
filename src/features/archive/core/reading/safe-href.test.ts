import { expect, test } from 'vitest';
import { hostOf, safeHref } from './safe-href.ts';

test.each([
  'javascript:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  'JAVASCRIPT:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'file:///etc/passwd',
  '//evil.example',
  '/api/v1/auth/sign-out',
  'http:// evil',
  '',
])('%j is no link', (href) => {
  expect(safeHref(href)).toBeNull();
});

test('pages and mail addresses are links', () => {
  for (const href of ['https://example.org/a?b#c', 'http://example.org', 'mailto:ana@example.org'])
    expect(safeHref(href)).toBe(href);
});

test('a link says where it really leads', () => {
  expect(hostOf('https://www.Example.org:8080/path')).toBe('example.org');
  expect(hostOf('https://paypal.com@evil.example/')).toBe('evil.example');
});

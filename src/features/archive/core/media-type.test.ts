import { expect, test } from 'vitest';
import { kindOfType, showsInline, typeOfText, usualType } from './media-type.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);

test.each([
  ['Just a letter.\nWith two lines, and a comma.', 'text/plain'],
  ['name,size\na.jpg,12\nb.jpg,13\n', 'text/csv'],
  ['name;size\n"a;b.jpg";12\n"c.jpg";13\n', 'text/csv'],
  ['one line, no more', 'text/plain'],
  ['{"a": 1}', 'application/json'],
  ['[1, 2]', 'application/json'],
  ['{just a brace', 'text/plain'],
  ['WEBVTT\n\n00:00.000 --> 00:01.000\nHola\n', 'text/vtt'],
  ['1\n00:00:00,000 --> 00:00:01,000\nHola\n', 'application/x-subrip'],
  ['#EXTM3U\n#EXT-X-VERSION:3\n', 'application/vnd.apple.mpegurl'],
  ['<!DOCTYPE html><p>', 'text/html'],
  ['\ufeff \n<HTML lang="es">', 'text/html'],
  ['<!-- a\ncomment --><script>alert(1)</script>', 'text/html'],
  ['<?xml version="1.0"?><!-- x --><html xmlns="http://www.w3.org/1999/xhtml">', 'text/html'],
  ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'image/svg+xml'],
  ['<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "x">\n<svg:svg/>', 'image/svg+xml'],
  ['<?xml version="1.0"?><rss/>', 'application/xml'],
])('%j is %s', (text, type) => {
  expect(typeOfText(bytes(text))).toBe(type);
});

test('what has control characters is no text', () => {
  expect(typeOfText(Uint8Array.of(80, 0, 75))).toBeNull();
  expect(typeOfText(new Uint8Array())).toBeNull();
});

test('text of two bytes a character is text', () => {
  expect(typeOfText(Buffer.from('\ufeffhola', 'utf16le'))).toBe('text/plain');
});

test.each([
  ['image/jpeg', 'image', true],
  ['image/svg+xml', 'file', false],
  ['audio/mpeg', 'audio', true],
  ['video/mp4', 'video', true],
  ['application/pdf', 'file', true],
  ['text/html', 'file', false],
  ['text/plain', 'file', false],
  ['application/xml', 'file', false],
  ['application/octet-stream', 'file', false],
])('%s is of kind %s and shown in the page: %s', (type, kind, isInline) => {
  expect(kindOfType(type)).toBe(kind);
  expect(showsInline(type)).toBe(isInline);
});

test('types have the names that browsers know, without parameters', () => {
  expect(usualType('audio/ogg; codecs=opus')).toBe('audio/ogg');
  expect(usualType('video/matroska')).toBe('video/x-matroska');
  expect(usualType('')).toBe('application/octet-stream');
});

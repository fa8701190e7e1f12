import { expect, test } from 'vitest';
import { placeholderOf } from './placeholder.ts';

/** Of the sunrise that the makers of thumbhash show. */
const sunrise = '1QcSHQRnh493V4dIh4eXh1h4kJUI';

test('a thumbhash becomes a picture of a few hundred letters that needs no request', () => {
  const picture = placeholderOf(sunrise);
  expect(picture).toMatch(/^data:image\/png;base64,[\w+/]+=*$/);
  expect(picture?.length).toBeLessThan(700);
});

test('what is no thumbhash is no picture', () => {
  expect(placeholderOf(null)).toBeNull();
  expect(placeholderOf('"); url(evil')).toBeNull();
  expect(placeholderOf('AAAA')).toBeNull();
});

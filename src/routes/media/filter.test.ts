import { expect, test } from 'vitest';
import { cleaned, readFilter } from './filter.ts';

const read = (query: string) => readFilter(new URLSearchParams(query));

test('a form sends every field, and what is empty says nothing', () => {
  expect(cleaned(new URLSearchParams('q=alma&type=&status=')).toString()).toBe('q=alma');
  expect(read('q=alma&type=&status=')).toMatchObject({ q: 'alma', sort: 'title', page: 1 });
});

test('what cannot be understood is left out, and the rest holds', () => {
  const filter = read('status=nonsense&page=minus&tag=keep');
  expect(filter).toMatchObject({ tag: 'keep', page: 1 });
  expect(filter.status).toBeUndefined();
});

test('one list stands for the three ways of having been watched', () => {
  expect(read('watched=never').neverWatched).toBe(true);
  expect(read('watched=not-90').unwatchedDays).toBe(90);
  expect(read('watched=in-30').watchedDays).toBe(30);
  expect(read('watched=soon').watchedDays).toBeUndefined();
});

test('sizes begin with the largest, titles with the first', () => {
  expect(read('sort=size').direction).toBe('down');
  expect(read('sort=size&direction=up').direction).toBe('up');
  expect(read('').direction).toBe('up');
});

import { expect, test } from 'vitest';
import { asThePageWrites, isSame, readFilter } from './filter.ts';

const read = (query: string) => readFilter(new URLSearchParams(query));
const written = (query: string) => asThePageWrites(new URLSearchParams(query)).toString();

test('a form sends every field, and what is empty says nothing', () => {
  expect(written('q=alma&type=&status=')).toBe('q=alma');
  expect(read('q=alma&type=&status=')).toMatchObject({ q: 'alma', sort: 'title', page: 1 });
});

test('what cannot be understood is left out, and the rest holds', () => {
  const filter = read('status=nonsense&page=minus&tag=keep');
  expect(filter).toMatchObject({ tag: 'keep', page: 1 });
  expect(filter.status).toBeUndefined();
  expect(written('status=nonsense&page=minus&tag=keep')).toBe('tag=keep');
});

test('one list stands for the three ways of having been watched', () => {
  expect(read('watched=never').neverWatched).toBe(true);
  expect(read('watched=not-90').unwatchedDays).toBe(90);
  expect(read('watched=in-30').watchedDays).toBe(30);
  expect(read('watched=soon').watchedDays).toBeUndefined();
});

test('the words of the API become those of the page, so that nothing filters unseen', () => {
  expect(written('unwatchedDays=180&view=table')).toBe('view=table&watched=not-180');
  expect(written('watchedDays=14')).toBe('watched=in-14');
  expect(written('neverWatched=true&type=film')).toBe('type=film&watched=never');
  expect(written('neverWatched=false')).toBe('');
  expect(written('watched=never&unwatchedDays=180')).toBe('watched=never');
  expect(read('watched=never&unwatchedDays=180').unwatchedDays).toBeUndefined();
});

test.each(['unwatchedDays=-1', 'unwatchedDays=x', 'watched=soon', 'watched=not-99999', 'neverWatched=so'])(
  'a wish about watching that means nothing is not in force: %s',
  (query) => {
    expect(written(query)).toBe('');
    expect(read(query)).toEqual(read(''));
  },
);

test('an address in the words of the page stays as it is', () => {
  const address = new URLSearchParams('watched=not-90&type=film&sort=size&direction=up&page=3&view=grid');
  expect(isSame(asThePageWrites(address), address)).toBe(true);
  expect(isSame(asThePageWrites(address), new URLSearchParams('watched=not-90'))).toBe(false);
});

test('sizes begin with the largest, titles with the first', () => {
  expect(read('sort=size').direction).toBe('down');
  expect(read('sort=size&direction=up').direction).toBe('up');
  expect(read('').direction).toBe('up');
});

import { expect, test } from 'vitest';
import { commandOf } from './keys.ts';

const press = (key: string, more = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...more });

test('knows the keys of one letter', () => {
  expect(commandOf(press('/'), null)).toEqual({ do: 'search' });
  expect(commandOf(press('?'), null)).toEqual({ do: 'help' });
  expect(commandOf(press('x'), null)).toBeNull();
});

test('goes to a section after g', () => {
  expect(commandOf(press('g'), null)).toEqual({ do: 'wait' });
  expect(commandOf(press('m'), 'g')).toEqual({ do: 'go', key: 'm' });
});

test.each(['ctrlKey', 'metaKey', 'altKey'])('leaves %s to the browser', (modifier) => {
  expect(commandOf(press('/', { [modifier]: true }), null)).toBeNull();
});

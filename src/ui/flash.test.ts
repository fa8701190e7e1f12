import { expect, test } from 'vitest';
import { leaveFlash, parseFlash, takeFlash, type Flash } from './flash.ts';

function aJar() {
  const held = new Map<string, string>();
  return {
    get: (name: string) => held.get(name),
    set: (name: string, value: string) => void held.set(name, value),
    delete: (name: string) => void held.delete(name),
  };
}

test('is seen once', () => {
  const jar = aJar();
  const flash: Flash = {
    tone: 'success',
    text: 'Guardado',
    undo: { action: '/media?/keep', fields: { id: 'a' } },
  };
  leaveFlash(jar, flash);
  expect(takeFlash(jar)).toEqual(flash);
  expect(takeFlash(jar)).toBeNull();
});

test.each(['', 'no json', '{}', '{"tone":"loud","text":"x"}', 'null'])(
  'ignores what it did not write: %s',
  (text) => {
    expect(parseFlash(text)).toBeNull();
  },
);

test('never posts an undo to another server', () => {
  const text = JSON.stringify({ tone: 'info', text: 'x', undo: { action: '//evil.example', fields: {} } });
  expect(parseFlash(text)).toEqual({ tone: 'info', text: 'x' });
});

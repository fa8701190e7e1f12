import { describe, expect, test } from 'vitest';
import { isComparable, type Space } from './space.ts';

/** Two directions in a plane; `degrees` turns both of them. */
const aSpace = (over: Partial<Space> = {}, degrees = 0): Space => ({
  model: 'bge-m3',
  passagePrefix: '',
  dimensions: 2,
  probes: [0, 70].map((at) => {
    const angle = ((at + degrees) * Math.PI) / 180;
    return [Math.cos(angle), Math.sin(angle)];
  }),
  ...over,
});

describe('vectors can be compared', () => {
  test('with those of the same model', () => {
    expect(isComparable(aSpace(), aSpace())).toBe(true);
  });

  test('with those of the same model, rounded in another way', () => {
    expect(isComparable(aSpace(), aSpace({}, 10))).toBe(true);
  });

  test('with those of a model that is called otherwise and answers the same', () => {
    expect(isComparable(aSpace(), aSpace({ model: 'BAAI/bge-m3' }))).toBe(true);
  });
});

describe('vectors cannot be compared', () => {
  test('with those of another model of the same dimension', () => {
    expect(isComparable(aSpace(), aSpace({ model: 'e5' }, 90))).toBe(false);
  });

  test('with those of a model that is only like it', () => {
    expect(isComparable(aSpace(), aSpace({ model: 'bge-m3-tuned' }, 10))).toBe(false);
  });

  test('with those of another model that runs under the old name', () => {
    expect(isComparable(aSpace(), aSpace({}, 40))).toBe(false);
  });

  test('when one of the sentences lies elsewhere', () => {
    const [first = [], second = []] = aSpace().probes;
    expect(isComparable(aSpace(), aSpace({ probes: [first, second.map((one) => -one)] }))).toBe(false);
  });

  test('with those of another dimension, or of passages that begin otherwise', () => {
    expect(isComparable(aSpace(), aSpace({ dimensions: 3 }))).toBe(false);
    expect(isComparable(aSpace(), aSpace({ passagePrefix: 'passage: ' }))).toBe(false);
    expect(isComparable(aSpace(), aSpace({ probes: [] }))).toBe(false);
  });
});

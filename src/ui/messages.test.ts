import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Message = string | { declarations?: string[]; match: Record<string, string> }[];

const read = (locale: string) =>
  JSON.parse(readFileSync(new URL(`../../messages/${locale}.json`, import.meta.url), 'utf8')) as Record<
    string,
    Message
  >;

const en = read('en');
const es = read('es');

const variants = (message: Message): string[] =>
  typeof message === 'string' ? [message] : message.flatMap(({ match }) => Object.values(match));

const inputs = (message: Message): string[] => {
  const declared =
    typeof message === 'string' ? [] : message.flatMap(({ declarations = [] }) => declarations);
  const named = declared.flatMap((text) => /^input (\w+)/.exec(text)?.[1] ?? []);
  const used = variants(message).flatMap((text) =>
    [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1] ?? ''),
  );
  return [...new Set([...named, ...used])].sort();
};

test('both languages have the same keys, in the same order', () => {
  expect(Object.keys(es)).toEqual(Object.keys(en));
});

test('every text takes the same values in both languages', () => {
  const takes = (messages: Record<string, Message>) =>
    Object.fromEntries(Object.entries(messages).map(([key, message]) => [key, inputs(message)]));
  expect(takes(es)).toEqual(takes(en));
});

test.each([['en', en] as const, ['es', es] as const])(
  'every text in %s says something',
  (_locale, messages) => {
    const empty = Object.entries(messages).filter(([, message]) =>
      variants(message).some((text) => text.trim() === ''),
    );
    expect(empty).toEqual([]);
  },
);

/** Spanish has a third plural for millions; without a rule for all the rest the page would show the key. */
test.each([['en', en] as const, ['es', es] as const])(
  'every plural in %s has a rule for all the rest',
  (_locale, messages) => {
    const open = Object.entries(messages).filter(
      ([, message]) =>
        typeof message !== 'string' &&
        message.some(
          ({ match }) =>
            !Object.keys(match).some((rule) => rule.split(',').every((part) => part.trim().endsWith('=*'))),
        ),
    );
    expect(open.map(([key]) => key)).toEqual([]);
  },
);

test('keys are snake case with the area first', () => {
  expect(Object.keys(en).filter((key) => !/^[a-z]+(_[a-z0-9]+)+$/.test(key))).toEqual([]);
});

import { expect, test } from 'vitest';
import { configOf } from '../../core/janitorr/config.ts';
import { template } from '../../core/janitorr/template.fake.ts';
import { MOST_CHARACTERS, readFile } from './janitorr.file.ts';

const problem = (text: string) => {
  const read = readFile(text);
  return read.ok ? null : read.error;
};

test('a file of Janitorr is read, with the spellings of YAML 1.1', () => {
  const read = readFile(template(undefined, { 'dry-run: true': 'dry-run: off' }));
  expect(read.ok && configOf(read.value).dryRun).toBe(false);
});

test('what is no YAML says the line and never its text, which may hold a key', () => {
  const found = problem('application:\n  dry-run: true\n api-key: [hidden-secret\n');
  expect(found).toMatchObject({ code: 'janitorr.not-yaml' });
  expect(JSON.stringify(found)).not.toContain('hidden-secret');
});

test.each([
  ['nothing', ''],
  ['a text', 'just words'],
  ['a list', '- a\n- b'],
  ['the file of another program', 'services:\n  jellyfin:\n    image: jellyfin\n'],
])('%s is not a file of Janitorr', (_what, text) => {
  expect(problem(text)).toEqual({ code: 'janitorr.nothing-known' });
});

test('a file that unfolds into a gigabyte is refused, and so is a large one', () => {
  const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < 9; level += 1) {
    const below = `*a${level - 1}`;
    bomb.push(`a${level}: &a${level} [${Array.from({ length: 9 }, () => below).join(', ')}]`);
  }
  expect(problem(`application: { dry-run: true }\n${bomb.join('\n')}`)).toMatchObject({
    code: 'janitorr.not-yaml',
  });
  expect(problem('#'.repeat(MOST_CHARACTERS + 1))).toMatchObject({ code: 'janitorr.too-large' });
});

test('a key that stands twice is refused, as Janitorr would', () => {
  expect(problem('application: { dry-run: true, dry-run: false }')).toMatchObject({
    code: 'janitorr.not-yaml',
  });
});

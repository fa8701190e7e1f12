import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const sources = globSync('src/**/*.ts')
  .filter((path) => !/[.](test|fake)[.]ts$/.test(path) && !path.endsWith('platform/jobs.ts'))
  .map((path) => readFileSync(path, 'utf8'));

/** The pages speak through messages that only the build has, so the words are read as text. */
const words = readFileSync('src/features/operations/ui/job-words.ts', 'utf8');

test('every job that is defined has a name that people understand', () => {
  const defined = sources.flatMap((source) =>
    [...source.matchAll(/defineJob(?:<[^>]*>)?\(\{\s*name: '([^']+)'/g)].map(([, name]) => name ?? ''),
  );
  const definitions = sources.flatMap((source) => [...source.matchAll(/defineJob(?:<[^>]*>)?\(/g)]);
  expect(defined).toHaveLength(definitions.length); // the name stands first, so that it is found here
  expect(defined.length).toBeGreaterThan(10);
  expect(defined.filter((name) => !words.includes(`'${name}': m.jobs_name_`))).toEqual([]);
});

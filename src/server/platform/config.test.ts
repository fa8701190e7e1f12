import { expect, test } from 'vitest';
import { parseConfig } from './config.ts';

test('an empty environment is a working installation', () => {
  expect(parseConfig({})).toMatchObject({
    PORT: 4747,
    DATA_DIR: './data',
    PROCESS_MODE: 'all',
    TRUST_PROXY: false,
  });
});

test('an empty variable counts as absent', () => {
  expect(parseConfig({ DATABASE_URL: '', PORT: '' })).toMatchObject({ PORT: 4747 });
});

test.each([
  ['PORT', 'many'],
  ['PORT', '70000'],
  ['DATABASE_URL', 'mysql://nas/keeper'],
  ['ORIGIN', 'keeper.example.org'],
  ['TRUST_PROXY', 'perhaps'],
  ['KEEPERCHEKY_SECRET', 'short'],
  ['QUEUES', 'archive,media,videos'],
])('a bad value of %s names the variable', (name, value) => {
  expect(() => parseConfig({ [name]: value })).toThrow(
    new RegExp(`^These settings cannot be used:\\n  ${name}: `),
  );
});

test('an origin is used without its path', () => {
  expect(parseConfig({ ORIGIN: 'https://keeper.example.org/some/path' }).ORIGIN).toBe(
    'https://keeper.example.org',
  );
});

test('a process can be told which queues it serves, and a name that is none is told apart from the others', () => {
  expect(parseConfig({}).QUEUES).toEqual([
    'archive',
    'media',
    'enrichment',
    'search',
    'cleanup',
    'maintenance',
  ]);
  expect(parseConfig({ QUEUES: ' media, archive' }).QUEUES).toEqual(['media', 'archive']);
  expect(() => parseConfig({ QUEUES: 'media,videos,search,' })).toThrow(
    'There is no queue called "videos", "".',
  );
});

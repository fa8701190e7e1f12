import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { configOf, serviceNamed } from './config.ts';
import { template } from './template.fake.ts';
import { keySpecs } from './keys.ts';
import { propertiesOf, type Yaml } from './properties.ts';
import { reportOf } from './report.ts';

const read = (text: string) => {
  const documents = parseAllDocuments(text, { version: '1.1' });
  if (!Array.isArray(documents)) return propertiesOf([]);
  return propertiesOf(documents.map((document) => document.toJS() as Yaml));
};
const reportFor = (text: string) => reportOf(read(text));
const keyOf = (text: string, path: string) => reportFor(text).keys.find((key) => key.path === path);

describe('what Janitorr takes from its file', () => {
  test('of nothing at all it has the defaults of its code, and those delete', () => {
    const config = configOf(read(''));
    expect(config).toMatchObject({
      dryRun: false,
      wholeShows: false,
      leavingSoon: { days: 14 },
      exclusionTags: ['janitorr_keep'],
      tags: { enabled: true, freeAtMostPercent: 20, schedules: [] },
      episodes: { enabled: false, tag: 'janitorr_daily', most: 10, age: { days: 30 } },
      files: { access: false, spaceFolder: '/' },
    });
    expect(config.media.films.map(({ freePercent, age }) => [freePercent, age.days])).toEqual([
      [10, 90],
      [20, 120],
    ]);
    expect(reportFor('').notices).toContainEqual({ code: 'dry-run-missing' });
  });

  test('of its template it has what stands there', () => {
    const config = configOf(read(template()));
    expect(config.dryRun).toBe(true);
    expect(config.files.access).toBe(true);
    expect(config.offsetPercent).toBe(5);
    expect(config.media.films.map(({ freePercent, age }) => [freePercent, age.days])).toEqual([
      [5, 15],
      [10, 30],
      [15, 60],
      [20, 90],
    ]);
    expect(config.media.seasons.at(-1)).toMatchObject({ freePercent: 20, age: { days: 120 } });
    expect(serviceNamed(config, 'radarr')).toMatchObject({ url: 'http://radarr:7878', key: 'radarr-secret' });
    expect(config.hasStats).toBe(true);
  });

  test.each(['api-key', 'apiKey', 'api_key', 'API_KEY'])(
    'reads %s, as Spring does in every spelling',
    (spelling) => {
      const config = configOf(
        read(`clients: { radarr: { enabled: on, ${spelling}: abc, url: http://nas:7878 } }`),
      );
      expect(serviceNamed(config, 'radarr')?.key).toBe('abc');
    },
  );

  test('takes keys with dots, lists with commas and names of choices in any spelling', () => {
    const config = configOf(
      read(
        'application.exclusion-tags: keep, kids\nclients.sonarr:\n  enabled: yes\n  determineAgeBy: MOST_RECENT\n',
      ),
    );
    expect(config.exclusionTags).toEqual(['keep', 'kids']);
    expect(serviceNamed(config, 'sonarr')?.ageBy).toBe('most-recent');
  });

  test('a later document wins; one for a profile counts only when the file switches that on', () => {
    const text = (active: string) =>
      `${active}application: { leaving-soon: 20d, dry-run: true }\n---\napplication: { leaving-soon: 10d }\n---\nspring: { config: { activate: { on-profile: night } } }\napplication: { dry-run: false }\n`;
    const plain = read(text(''));
    expect(configOf(plain)).toMatchObject({ dryRun: true, leavingSoon: { days: 10 } });
    expect(reportOf(plain).notices).toContainEqual({ code: 'other-profile', profile: 'night' });
    expect(configOf(read(text('spring: { profiles: { active: "night,day" } }\n'))).dryRun).toBe(false);
  });

  test('a variable is named and never guessed; what stands after its colon is used and named too', () => {
    const text = 'clients: { radarr: { enabled: true, api-key: "${KEY}", url: "${URL:http://nas:7878}" } }';
    const radarr = serviceNamed(configOf(read(text)), 'radarr');
    expect(radarr).toMatchObject({ key: null, url: 'http://nas:7878' });
    expect(keyOf(text, 'clients.radarr.api-key')).toMatchObject({
      variable: { name: 'KEY', isDefaulted: false },
      problem: null,
    });
    expect(reportFor(text).notices).toContainEqual({
      code: 'variable',
      path: 'clients.radarr.url',
      variable: 'URL',
    });
  });

  test('J-10: an age without a unit is told beside its key, with what Janitorr makes of it', () => {
    const text = 'application: { media-deletion: { movie-expiration: { 10: 30, 20: 60d } } }';
    expect(configOf(read(text)).media.films).toEqual([
      { freePercent: 10, age: { days: 0, problem: 'no-unit' } },
      { freePercent: 20, age: { days: 60, problem: null } },
    ]);
    expect(keyOf(text, 'application.media-deletion.movie-expiration')?.problem).toBe('no-unit');
    const schedules = 'application: { tag-based-deletion: { schedules: [{ tag: a, expiration: 12h }] } }';
    expect(keyOf(schedules, 'application.tag-based-deletion.schedules')?.problem).toBe('under-a-day');
  });
});

describe('the report', () => {
  test('every key of Janitorr has a place here or a reason, never both', () => {
    const { keys } = reportFor(template());
    expect(new Set(keys.map(({ path }) => path)).size).toBe(keys.length);
    expect(keys).toHaveLength(keySpecs.length);
    for (const key of keys) expect([key.becomes, key.noPlace].filter((one) => one !== null)).toHaveLength(1);
  });

  test('a time limit is no age, and a minute of it is nothing to warn of', () => {
    const problems = reportFor(template()).keys.filter(({ problem }) => problem !== null);
    expect(problems.map(({ path }) => path)).toEqual([]);
  });

  test('no key, password or credential of an address is in it, nor any value of an unknown key', () => {
    const text = `${template()}\ncustom: { token: hidden-secret }\n`.replace(
      'http://sonarr',
      'http://me:hidden-secret@sonarr',
    );
    const told = JSON.stringify(reportFor(text));
    expect(told).not.toContain('-secret');
    expect(told).toContain('custom.token');
    expect(told).toContain('http://sonarr:8989');
  });

  test('J-11: a key that Janitorr does not know stops it below application, and is overlooked elsewhere', () => {
    const text = 'application: { dry-runn: true }\nfoo: 1\nspring: { main: { banner-mode: off } }';
    expect(keyOf(text, 'application.dry-runn')?.noPlace).toBe('not-known-stops');
    expect(keyOf(text, 'foo')?.noPlace).toBe('not-known');
    expect(keyOf(text, 'spring.main.banner-mode')?.noPlace).toBe('of-spring');
    expect(reportFor(text).notices).toContainEqual({
      code: 'would-not-start',
      because: 'unknown-key',
      what: 'application.dry-runn',
    });
  });

  test('J-07: two media servers, or two statistics, do not start', () => {
    const { notices } = reportFor(
      'clients: { jellyfin: { enabled: true }, emby: { enabled: true }, jellystat: { enabled: true }, streamystats: { enabled: true } }',
    );
    const because = notices.flatMap((notice) => (notice.code === 'would-not-start' ? [notice.because] : []));
    expect(because).toEqual(['two-media-servers', 'two-stats']);
  });

  test('J-47: a tier within the warning is told before it ever rules', () => {
    const { notices } = reportFor(
      'file-system: { access: true }\napplication: { leaving-soon: 14d, media-deletion: { movie-expiration: { 5: 10d, 20: 90d } } }',
    );
    expect(notices).toContainEqual({
      code: 'guard',
      unit: 'film',
      freeBelowPercent: 5,
      days: 10,
      leavingSoonDays: 14,
    });
  });
});

import { describe, expect, test } from 'vitest';
import { known, unknown } from '#core/fact.ts';
import { configOf } from './config.ts';
import { policiesOf, type DraftKey, type DraftWorld } from './drafts.ts';
import { connectionsOf, settingsOf } from './house.ts';
import { propertiesOf, type Yaml } from './properties.ts';

const world: DraftWorld = {
  names: {
    films: 'Films',
    shows: 'Shows',
    'film-tags': 'Film tags',
    'show-tags': 'Show tags',
    episodes: 'Daily',
  },
  timeZone: 'Europe/Madrid',
  radarr: [],
  sonarr: [],
  ambiguous: [],
  knownTags: known(['janitorr_daily', 'keep']),
};
const house = {
  'file-system': { access: true },
  clients: {
    radarr: { enabled: true, url: 'http://radarr:7878', 'api-key': 'r', 'determine-age-by': 'OLDEST' },
    sonarr: { enabled: true, url: 'http://sonarr:8989', 'api-key': 's', 'import-exclusions': true },
    jellyfin: { enabled: true, url: 'http://jellyfin:8096', 'leaving-soon-tv': 'Bye' },
    emby: { enabled: false, url: 'http://emby:8096' },
  },
} satisfies Yaml;
const configFrom = (...over: readonly Yaml[]) => configOf(propertiesOf([house, ...over]));
const of = (key: DraftKey, over: readonly Yaml[] = [], elsewhere: Partial<DraftWorld> = {}) => {
  const found = policiesOf(configFrom(...over), { ...world, ...elsewhere }).find(
    (policy) => policy.key === key,
  );
  if (!found) throw new Error(`no ${key}`);
  return found;
};
const keys = (...over: readonly Yaml[]) => policiesOf(configFrom(...over), world).map(({ key }) => key);

describe('policies of a file', () => {
  test('the code’s own defaults make two policies, for films and for seasons', () => {
    expect(keys()).toEqual(['films', 'shows']);
    expect(of('films').draft).toMatchObject({
      kind: 'disk-pressure',
      unit: 'film',
      ageBasis: 'oldest-import',
      tiers: [
        { freeBelowPercent: 10, maxAgeDays: 90 },
        { freeBelowPercent: 20, maxAgeDays: 120 },
      ],
      target: { unit: 'percent', value: 20 },
      leavingSoonDays: 14,
      exclusionTags: ['janitorr_keep'],
      addImportExclusion: false,
      favouritesProtect: false,
    });
    expect(of('shows').draft).toMatchObject({
      unit: 'season',
      ageBasis: 'newest-import',
      addImportExclusion: true,
    });
    expect(of('shows').notes).toContainEqual({ code: 'age-basis-assumed' });
  });

  test('whole shows become a policy of whole shows', () => {
    expect(of('shows', [{ application: { 'whole-tv-show': true } }]).draft.unit).toBe('show');
  });

  test('what is off becomes nothing', () => {
    expect(keys({ application: { 'media-deletion': { enabled: false } } })).toEqual([]);
    expect(keys({ clients: { sonarr: { enabled: false } } })).toEqual(['films']);
  });

  test('J-10: an age without a unit is left out and said, never taken as no days', () => {
    const { draft, notes } = of('films', [
      { application: { 'media-deletion': { 'movie-expiration': { 10: 30, 20: '60d' } } } },
    ]);
    expect(draft).toMatchObject({ tiers: [{ freeBelowPercent: 20, maxAgeDays: 60 }] });
    expect(notes).toContainEqual({ code: 'age-left-out', at: '10 %', problem: 'no-unit' });
  });

  test('J-10: a window without a unit is the usual one, never none', () => {
    expect(of('films', [{ application: { 'leaving-soon': 14 } }]).draft.leavingSoonDays).toBe(14);
  });

  test('J-42: without access to files the longest age rules at any free space', () => {
    const { draft, notes } = of('films', [{ 'file-system': { access: false } }]);
    expect(draft).toMatchObject({
      tiers: [{ freeBelowPercent: 100, maxAgeDays: 120 }],
      target: { unit: 'percent', value: 100 },
    });
    expect(notes).toContainEqual({ code: 'disk-ignored' });
  });

  test('J-47: a tier within the warning comes as it stands, so that it is told beside its field and not at night', () => {
    const { draft } = of('films', [
      { application: { 'media-deletion': { 'movie-expiration': { 5: '10d', 20: '90d' } } } },
    ]);
    expect(draft).toMatchObject({ leavingSoonDays: 14, tiers: [{ maxAgeDays: 10 }, { maxAgeDays: 90 }] });
  });

  const schedules = [
    { tag: 'Kids', expiration: '30d' },
    { tag: 'quick', expiration: '7d' },
    { tag: 'odd', expiration: 30 },
  ];

  test('J-60: tags become one policy for films and one for shows, each with the gate of the file', () => {
    const tags = { application: { 'tag-based-deletion': { 'minimum-free-disk-percent': 15, schedules } } };
    expect(keys(tags)).toEqual(['films', 'shows', 'film-tags', 'show-tags']);
    const { draft, notes } = of('film-tags', [tags]);
    expect(draft).toMatchObject({
      kind: 'tag',
      target: null,
      tags: [
        { tag: 'kids', maxAgeDays: 30, freeBelowPercent: 15 },
        { tag: 'quick', maxAgeDays: 7, freeBelowPercent: 15 },
      ],
    });
    expect(notes).toContainEqual({ code: 'age-left-out', at: 'odd', problem: 'no-unit' });
    expect(notes).toContainEqual({ code: 'warned-in-full', tag: 'quick', leavingSoonDays: 14 });
  });

  test.each([
    [{ 'minimum-free-disk-percent': 100 }, true],
    [{ 'minimum-free-disk-percent': 15 }, false],
  ])('J-60: a gate that is always open is none (%o, access %s)', (gate, access) => {
    const over = [
      { 'file-system': { access } },
      { application: { 'tag-based-deletion': { ...gate, schedules } } },
    ];
    expect(of('film-tags', over).draft).toMatchObject({ tags: [{ freeBelowPercent: null }, {}] });
  });

  test('C-05: daily shows become a policy of episodes, which leaves specials alone', () => {
    const daily = { 'max-episodes': 5, 'max-age': '60d', 'clean-older-seasons': true, enabled: true };
    const over = [{ application: { 'episode-deletion': daily } }];
    expect(of('episodes', over).draft).toMatchObject({
      kind: 'episodes',
      unit: 'episode',
      showTags: ['janitorr_daily'],
      keepLast: 5,
      keepDays: 60,
      olderSeasons: true,
      specials: false,
    });
    expect(of('shows', over).draft.exclusionTags).toEqual(['janitorr_keep']);
  });

  test('J-29: without a policy of episodes the tag is excluded from seasons, if there is such a tag', () => {
    expect(of('shows').draft.exclusionTags).toEqual(['janitorr_keep', 'janitorr_daily']);
    expect(of('films').draft.exclusionTags).toEqual(['janitorr_keep']);
    expect(of('shows', [], { knownTags: known(['keep']) }).draft.exclusionTags).toEqual(['janitorr_keep']);
    expect(of('shows', [], { knownTags: unknown('timed-out') }).draft.exclusionTags).toHaveLength(2);
  });

  test('favourites protect when the file says so, of whom it says', () => {
    const jellyfin = { 'exclude-favorited': true, 'exclude-favorited-users': ['ana'] };
    expect(of('films', [{ clients: { jellyfin } }]).draft).toMatchObject({
      favouritesProtect: true,
      favouriteUsers: ['ana'],
    });
  });
});

describe('the house of a file', () => {
  test('a service that is on becomes a connection; what it lacks is said, and what is off is named', () => {
    expect(connectionsOf(configFrom())).toEqual({
      ready: [
        { name: 'radarr', url: 'http://radarr:7878', key: 'r' },
        { name: 'sonarr', url: 'http://sonarr:8989', key: 's' },
      ],
      gaps: [{ name: 'jellyfin', missing: 'key' }],
      off: ['emby'],
    });
  });

  test.each([
    ['MOVIES', true, false],
    ['TV', false, true],
    ['movies-and-tv', true, true],
    ['NONE', false, false],
  ])('what is announced as %s', (type, films, shows) => {
    const config = configFrom({ clients: { jellyfin: { 'leaving-soon-type': type } } });
    expect(settingsOf(config).announces).toEqual({ films, shows });
  });

  test('a key that no header can carry counts as none', () => {
    const odd = configFrom({ clients: { radarr: { 'api-key': 'two words' } } });
    expect(connectionsOf(odd).gaps).toContainEqual({ name: 'radarr', missing: 'key' });
  });

  test('settings: tags, window, names of the collections, the folder of links', () => {
    expect(settingsOf(configFrom({ 'file-system': { 'leaving-soon-dir': '/data/leaving' } }))).toEqual({
      exclusionTags: ['janitorr_keep'],
      leavingSoonDays: 14,
      collectionNames: { films: 'Movies (Deleted Soon)', shows: 'Bye' },
      announces: { films: true, shows: true },
      linkFolder: '/data/leaving',
    });
  });
});

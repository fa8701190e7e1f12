import { describe, expect, test } from 'vitest';
import { known, unknown } from '#core/fact.ts';
import type { ConnectionId } from '#core/ids.ts';
import { episodeId, type Item } from '#features/library/core/item.ts';
import { aFilm, aSeason, aShow, daysAgo, now, radarr, sonarr } from '../build.fake.ts';
import { configOf } from './config.ts';
import { propertiesOf, type Yaml } from './properties.ts';
import { wouldDo } from './would-do.ts';

const usual = {
  'file-system': { access: true },
  clients: {
    radarr: { enabled: true, 'determine-age-by': 'MOST_RECENT' },
    sonarr: { enabled: true, 'determine-age-by': 'MOST_RECENT' },
    jellystat: { enabled: true },
  },
} satisfies Record<string, Yaml>;

/** Later documents win. */
const decide = (items: readonly Item[], over: readonly Yaml[] = [], freePercent: number | null = 5) => {
  const config = configOf(propertiesOf([usual, ...over]));
  return wouldDo({ config, items, freePercent, managed: new Set([radarr, sonarr]), now });
};
const say = (item: Item, over: readonly Yaml[] = [], others: readonly Item[] = []) => {
  const decision = decide([item, ...others], over).get(item.id);
  return decision ? `${decision.does}: ${decision.why}` : null;
};
const came = (days: number) => ({ newestFileAt: known(daysAgo(days)), oldestImportAt: known(daysAgo(days)) });
const watched = (days: number) => ({ watch: known({ lastWatchedAt: daysAgo(days), watchers: [] }) });

describe('films', () => {
  test.each([
    [91, 'delete: older-than-tier'],
    [89, 'leaving-soon: announced'],
    [70, 'keep: young'],
  ])('J-44: with the code’s own tiers, what came %d days ago: %s', (days, expected) => {
    expect(say(aFilm(came(days)))).toBe(expected);
  });

  test('J-41: with room on the disk nothing goes', () => {
    expect(decide([aFilm()], [], 20).values().next().value).toMatchObject({ does: 'keep', why: 'room' });
  });

  test('J-21: what no import tells of is invisible for ever', () => {
    expect(say(aFilm({ oldestImportAt: known(null) }))).toBe('invisible: no-import');
  });

  test.each([
    ['OLDEST', 'delete: older-than-tier'],
    ['MOST_RECENT', 'keep: young'],
  ])('J-22: an upgrade with %s: %s', (age, expected) => {
    const upgraded = aFilm({ oldestImportAt: known(daysAgo(400)), newestFileAt: known(daysAgo(3)) });
    expect(say(upgraded, [{ clients: { radarr: { 'determine-age-by': age } } }])).toBe(expected);
  });

  test('J-30: a watch extends life, a download after it starts the clock again', () => {
    expect(say(aFilm({ ...came(400), ...watched(10) }))).toBe('keep: young');
    expect(say(aFilm({ ...came(3), ...watched(300) }))).toBe('keep: young');
  });

  test('J-33, J-38: what nobody could tell of watching counts as never watched, and goes', () => {
    expect(say(aFilm({ watch: unknown('not-in-media-server') }))).toBe('delete: older-than-tier');
    expect(say(aFilm({ watch: unknown('media-server-stale') }))).toBe('delete: older-than-tier');
  });

  test('J-31: without any statistics watching does not count at all', () => {
    const film = aFilm({ ...came(400), ...watched(1) });
    expect(say(film, [{ clients: { jellystat: { enabled: false } } }])).toBe('delete: older-than-tier');
  });

  test('J-28: an exclusion tag keeps only in exactly its letters', () => {
    const film = aFilm({ tags: known(['keep']) });
    expect(say(film, [{ application: { 'exclusion-tags': ['keep'] } }])).toBe('keep: excluded');
    expect(say(film, [{ application: { 'exclusion-tags': ['Keep'] } }])).toBe('delete: older-than-tier');
  });

  test('J-120: a favourite keeps when asked for; who cannot be asked has none', () => {
    const server = { clients: { jellyfin: { enabled: true, 'exclude-favorited': true } } };
    const only = { clients: { jellyfin: { 'exclude-favorited-users': ['ANA'] } } };
    const film = (favouriteOf: Item['favouriteOf']) => aFilm({ favouriteOf });
    expect(say(film(known(['ana'])), [])).toBe('delete: older-than-tier');
    expect(say(film(known(['ana'])), [server])).toBe('keep: favourite');
    expect(say(film(known(['ben'])), [server, only])).toBe('delete: older-than-tier');
    expect(say(film(unknown('media-server-stale')), [server])).toBe('delete: older-than-tier');
  });

  test('J-08: a film of another Radarr is invisible', () => {
    expect(say(aFilm({ connectionId: 'radarr02' as ConnectionId }))).toBe('invisible: other-instance');
  });

  test('J-47: the guard keeps films and seasons alike', () => {
    const application = { application: { 'media-deletion': { 'season-expiration': { 20: '14d' } } } };
    expect(say(aFilm(), [application])).toBe('keep: guard');
  });

  test('J-49: everything that is old enough goes at once, whatever it frees', () => {
    const films = Array.from({ length: 200 }, () => aFilm());
    expect([...decide(films).values()].every(({ does }) => does === 'delete')).toBe(true);
  });

  test('what has no files is not there', () => {
    expect(say(aFilm({ fileCount: 0 }))).toBeNull();
  });
});

describe('tags', () => {
  const schedules = (rows: readonly Yaml[], gate = 100) => ({
    application: {
      'media-deletion': { enabled: false },
      'tag-based-deletion': { 'minimum-free-disk-percent': gate, schedules: rows },
    },
  });
  const kids = { tag: 'kids', expiration: '30d' };

  test('J-61: a tag on something old deletes it in the next run, without a warning', () => {
    expect(say(aFilm({ ...came(400), tags: known(['kids']) }), [schedules([kids])])).toBe(
      'delete: older-than-tag',
    );
  });

  test('J-60: above the gate it is only announced', () => {
    const film = aFilm({ ...came(400), tags: known(['kids']) });
    expect(say(film, [schedules([kids], 4)])).toBe('leaving-soon: announced');
  });

  test('J-64: of two tags the shortest age has its way, and the disk may take it earlier still', () => {
    const film = aFilm({ ...came(40), tags: known(['kids', 'slow']) });
    const slow = { tag: 'slow', expiration: '1000d' };
    expect(say(film, [schedules([slow, kids])])).toBe('delete: older-than-tag');
    const old = aFilm({ ...came(100), tags: known(['slow']) });
    expect(say(old, [schedules([slow]), { application: { 'media-deletion': { enabled: true } } }])).toBe(
      'delete: older-than-tier',
    );
  });

  test('a schedule takes its tag exactly as written', () => {
    const film = aFilm({ ...came(400), tags: known(['kids']) });
    expect(say(film, [schedules([{ ...kids, tag: 'Kids' }])])).toBe('keep: schedules-off');
  });

  test('J-10: an age without a unit deletes what came today', () => {
    const film = aFilm({ ...came(0.5), tags: known(['kids']) });
    expect(say(film, [schedules([{ tag: 'kids', expiration: 30 }])])).toBe('delete: older-than-tag');
  });
});

describe('shows', () => {
  const show = aShow();
  const old = aSeason(show, 1, { ...came(400) });
  const young = aSeason(show, 2, { ...came(5) });

  test('J-24: seasons are dated one by one, and specials are a season like any other', () => {
    const specials = aSeason(show, 0, { ...came(400) });
    const decisions = decide([show, specials, old, young]);
    expect([specials, old, young].map(({ id }) => decisions.get(id)?.does)).toEqual([
      'delete',
      'delete',
      'keep',
    ]);
    expect(decisions.has(show.id)).toBe(false);
  });

  test.each([
    ['MOST_RECENT', 'keep'],
    ['OLDEST', 'delete'],
  ])('J-27: as whole shows with %s, the show would be: %s', (age, does) => {
    const decisions = decide(
      [show, old, young],
      [{ application: { 'whole-tv-show': true }, clients: { sonarr: { 'determine-age-by': age } } }],
    );
    expect([...decisions]).toMatchObject([[show.id, { does }]]);
  });

  test('J-36: with statistics of whole shows any episode keeps every season', () => {
    const seen = { ...show, ...watched(2) };
    const whole = { clients: { jellystat: { 'whole-tv-show': true } } };
    expect(say(old, [], [seen])).toBe('delete: older-than-tier');
    expect(say(old, [whole], [seen])).toBe('keep: young');
  });

  test('J-29: seasons of a show with the episode tag stay, also while that schedule is off', () => {
    const daily = { ...show, tags: known(['janitorr_daily']) };
    expect(say(old, [], [daily])).toBe('keep: episode-tag');
  });
});

describe('episodes', () => {
  const show = aShow({ tags: known(['daily']) });
  const season = aSeason(show, 1, { tags: show.tags });
  const anEpisode = (number: number, over: Partial<Item> = {}): Item => ({
    ...season,
    kind: 'episode',
    id: episodeId(show.id, number),
    episodes: [{ seasonNumber: 1, episodeNumber: number, airedAt: daysAgo(20 - number) }],
    ...came(20 - number),
    ...over,
  });
  const on = {
    application: { 'episode-deletion': { enabled: true, tag: 'daily', 'max-episodes': 2, 'max-age': '30d' } },
  };

  test('J-70: neither favourites nor exclusion tags nor the disk keep an episode', () => {
    const excluded = { ...show, tags: known(['daily', 'janitorr_keep']) };
    const files = [1, 2, 3].map((number) => anEpisode(number, { favouriteOf: known(['ana']) }));
    const decisions = decide([excluded, season, ...files], [on], 99);
    expect(files.map(({ id }) => decisions.get(id)?.why)).toEqual(['episode-over-count', 'young', 'young']);
  });

  test('J-74: a file that came again yesterday goes by the date of its first import', () => {
    const again = anEpisode(1, { oldestImportAt: known(daysAgo(90)), newestFileAt: known(daysAgo(1)) });
    expect(decide([show, season, again], [on]).get(again.id)).toMatchObject({
      does: 'delete',
      why: 'episode-too-old',
    });
  });

  test('J-71: an announced season makes the running one an older one', () => {
    const announced = aSeason(show, 2, { fileCount: 0 });
    const file = anEpisode(9);
    const clean = { application: { 'episode-deletion': { 'clean-older-seasons': true } } };
    expect(decide([show, season, announced, file], [on, clean]).get(file.id)?.why).toBe('older-season');
  });

  test('nothing is said of episodes while the schedule is off', () => {
    expect(decide([show, season, anEpisode(1)]).has(anEpisode(1).id)).toBe(false);
  });
});

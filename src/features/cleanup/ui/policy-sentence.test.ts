import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { baseLocale, overwriteGetLocale } from '#i18n/runtime.js';
import { titleId } from '#features/library/core/item.ts';
import { aPolicy, aTagPolicy, aWatchedPolicy, anEpisodesPolicy, sonarr } from '../core/build.fake.ts';
import type { Policy } from '../core/policy/policy.ts';
import { limitsSentence, policySentence, protectionsSentence, type Sketch } from './policy-sentence.ts';

const plain = (text: string): string => text.replaceAll('\u00A0', ' ');

const sketchOf = (policy: Policy, more: Partial<Sketch> = {}): Sketch => ({
  ...policy,
  rule: policy,
  diskNames: [],
  serviceNames: [],
  showNames: [],
  ...more,
});
const says = (policy: Policy, more: Partial<Sketch> = {}) => plain(policySentence(sketchOf(policy, more)));
const stays = (policy: Policy) => plain(protectionsSentence(sketchOf(policy)));
const limits = (policy: Policy) => plain(limitsSentence(sketchOf(policy)));

const news = titleId(sonarr, 1);
const kids = { tag: 'kids', maxAgeDays: 730, freeBelowPercent: null };
const demo = { tag: 'demo', maxAgeDays: 30, freeBelowPercent: 20 };
const bare = {
  exclusionTags: [],
  favouritesProtect: false,
  halfWayProtects: false,
  requestedWithinDays: 0,
  midShowDays: 0,
  keepsFirstSeason: false,
} as const;

const tiers = [
  { freeBelowPercent: 10, maxAgeDays: 90 },
  { freeBelowPercent: 20, maxAgeDays: 365 },
];
const onTheFilms = { diskNames: ['/data'], serviceNames: ['Radarr'] };

afterEach(() => {
  overwriteGetLocale(() => baseLocale);
});

describe('in English', () => {
  beforeEach(() => {
    overwriteGetLocale(() => 'en');
  });

  test('a full disk, with one step and with several', () => {
    const [first] = tiers;
    expect(says(aPolicy({ tiers: first ? [first] : [] }), onTheFilms)).toBe(
      'Films of Radarr on /data that nobody has watched for 90 days go when less than 10% is free.',
    );
    expect(says(aPolicy({ tiers, unit: 'season', shows: 'ended' }))).toBe(
      'Seasons of series on every disk go once nobody has watched them for 365 days with less than 20% free or 90 days with less than 10% free. Only of series that have ended.',
    );
  });

  test('tags', () => {
    expect(says(aTagPolicy({ tags: [demo] }))).toBe(
      'Films on every disk tagged demo go once nobody has watched them for 30 days and less than 20% is free.',
    );
    expect(says(aTagPolicy({ tags: [kids, demo] }))).toBe(
      'Films on every disk go once nobody has watched them for as long as their tag says: 730 days for kids and 30 days for demo while less than 20% is free. Of several tags, the longest rules.',
    );
    expect(says(aTagPolicy({ tags: [] }))).toContain('nothing goes yet');
  });

  test('what was watched', () => {
    expect(says(aWatchedPolicy({ seenBy: 'starters', watchedDays: 30, neverWatchedDays: null }))).toBe(
      'Films on every disk go 30 days after everybody who started them has seen them to the end. What nobody has begun stays.',
    );
    expect(
      says(
        aWatchedPolicy({ seenBy: 'requester', watchedDays: 0, neverWatchedDays: 365, freeBelowPercent: 15 }),
      ),
    ).toBe(
      'Films on every disk go as soon as whoever asked for them has seen them to the end. What nobody has begun goes 365 days after it came. All of this only while less than 15% of the disk is free.',
    );
  });

  test('daily series', () => {
    const rule = { showTags: ['daily'], showIds: [news], keepLast: 10, keepDays: 7 };
    expect(says(anEpisodesPolicy({ ...rule, olderSeasons: true }), { showNames: ['The News'] })).toBe(
      'Of The News and series tagged daily, all episodes go but the last 10 and those of the last 7 days. Specials stay.',
    );
    expect(
      says(
        anEpisodesPolicy({
          ...rule,
          showTags: [],
          keepLast: 1,
          keepDays: null,
          olderSeasons: false,
          specials: true,
        }),
        onTheFilms,
      ),
    ).toBe(
      'Of one chosen series (Radarr, /data), all episodes of the newest season go but the last one. Earlier seasons stay. The same goes for specials, counted on their own.',
    );
    expect(says(anEpisodesPolicy({ showTags: [], showIds: [] }))).toBe(
      'Choose series, and how many episodes or days stay.',
    );
  });

  test('what stays', () => {
    const people = { favouriteUsers: ['Ana', 'Luis'], favouritesProtect: true, halfWayProtects: true };
    expect(stays(aPolicy({ ...bare, ...people, exclusionTags: ['keep', 'kids'] }))).toBe(
      'Stays: what is tagged keep or kids, the favourites of Ana and Luis, and what somebody is half-way through.',
    );
    expect(stays(aPolicy({ ...bare, unit: 'season', midShowDays: 60, keepsFirstSeason: true }))).toBe(
      'Stays: what is still ahead of those who watched the series in the last 60 days and the first season of each series.',
    );
    expect(stays(aPolicy({ ...bare, midShowDays: 60, keepsFirstSeason: true }))).toBe(
      'Nothing stays but what is kept by hand or is playing now.',
    );
  });

  test('how much at once', () => {
    expect(limits(aPolicy({ target: { unit: 'bytes', value: 500_000_000_000 }, leavingSoonDays: 14 }))).toBe(
      'A run stops at 500 GB free and takes at most 25 titles and 500 GB. What goes is announced 14 days before.',
    );
    expect(
      limits(
        aWatchedPolicy({
          target: null,
          leavingSoonDays: 0,
          needsApproval: true,
          torrents: { remove: true, minRatio: 1.5, minSeedDays: 14 },
        }),
      ),
    ).toBe(
      'A run takes at most 25 titles and 500 GB. Nothing is announced before. Each plan waits until somebody approves it. Finished torrents that hold nothing else go too, once they reach a ratio of 1.5 or 14 days of seeding.',
    );
  });
});

describe('en español', () => {
  beforeEach(() => {
    overwriteGetLocale(() => 'es');
  });

  test('un disco lleno, con un escalón y con varios', () => {
    const [first] = tiers;
    expect(says(aPolicy({ tiers: first ? [first] : [] }), onTheFilms)).toBe(
      'Las películas de Radarr de /data que nadie ha visto en 90 días se van cuando queda menos del 10 % libre.',
    );
    expect(says(aPolicy({ tiers, unit: 'season', shows: 'continuing' }))).toBe(
      'Las temporadas de series de todos los discos se van cuando nadie las ha visto en 365 días si queda menos del 20 % libre o 90 días si queda menos del 10 % libre. Solo de series que siguen en emisión.',
    );
  });

  test('etiquetas', () => {
    expect(says(aTagPolicy({ tags: [demo] }))).toBe(
      'Las películas de todos los discos con la etiqueta demo se van cuando nadie las ha visto en 30 días y queda menos del 20 % libre.',
    );
    expect(says(aTagPolicy({ tags: [kids, demo] }))).toBe(
      'Las películas de todos los discos se van cuando nadie las ha visto durante el plazo de su etiqueta: 730 días para kids y 30 días para demo mientras quede menos del 20 % libre. Si hay varias etiquetas, manda el plazo más largo.',
    );
  });

  test('lo que ya se ha visto', () => {
    expect(says(aWatchedPolicy({ seenBy: 'starters', watchedDays: 30, neverWatchedDays: null }))).toBe(
      'Las películas de todos los discos se van 30 días después de que todos los que las empezaron las hayan visto enteras. Lo que nadie ha empezado se queda.',
    );
    expect(says(aWatchedPolicy({ unit: 'show', seenBy: 'requester', watchedDays: 1 }))).toContain(
      'Las series enteras de todos los discos se van 1 día después de que quien las pidió las haya visto enteras.',
    );
    expect(
      says(
        aWatchedPolicy({ seenBy: 'everybody', watchedDays: 0, neverWatchedDays: 365, freeBelowPercent: 15 }),
      ),
    ).toBe(
      'Las películas de todos los discos se van en cuanto todos los que tienen cuenta en el servidor multimedia las hayan visto enteras. Lo que nadie ha empezado se va 365 días después de llegar. Todo esto solo mientras quede menos del 15 % del disco libre.',
    );
  });

  test('series diarias', () => {
    const rule = { showTags: ['daily'], showIds: [news], keepLast: 10, keepDays: 7 };
    expect(says(anEpisodesPolicy({ ...rule, olderSeasons: true }), { showNames: ['The News'] })).toBe(
      'De The News y las series con la etiqueta daily se van todos los episodios menos los 10 últimos y los de los últimos 7 días. Los especiales se quedan.',
    );
    const last = { ...rule, showTags: [], keepLast: 1, keepDays: 1, olderSeasons: false, specials: true };
    expect(says(anEpisodesPolicy(last))).toBe(
      'De una serie elegida se van todos los episodios de la última temporada menos el último y los del último día. Las temporadas anteriores se quedan. Lo mismo vale para los especiales, que se cuentan aparte.',
    );
  });

  test('lo que está a salvo', () => {
    const people = { favouriteUsers: ['Ana', 'Inés'], favouritesProtect: true, requestedWithinDays: 1 };
    expect(stays(aPolicy({ ...bare, ...people, exclusionTags: ['keep'] }))).toBe(
      'A salvo: lo que lleva la etiqueta keep, los favoritos de Ana e Inés y lo que se ha pedido en el último día.',
    );
    expect(stays(aPolicy({ ...bare, unit: 'season', midShowDays: 60, keepsFirstSeason: true }))).toBe(
      'A salvo: lo que le queda por ver a quien ha visto la serie en los últimos 60 días y la primera temporada de cada serie.',
    );
    expect(stays(aPolicy(bare))).toBe(
      'A salvo, solo lo que se conserva a mano o se está viendo en ese momento.',
    );
  });

  test('cuánto de una vez', () => {
    expect(limits(aPolicy({ target: { unit: 'bytes', value: 500_000_000_000 }, leavingSoonDays: 14 }))).toBe(
      'Cada ejecución para al llegar a 500 GB libres y se lleva como mucho 25 títulos y 500 GB. Lo que se va se anuncia 14 días antes.',
    );
    const torrents = { remove: true, minRatio: 1.5, minSeedDays: 1 };
    const asked = {
      target: { unit: 'percent' as const, value: 20 },
      leavingSoonDays: 0,
      needsApproval: true,
    };
    expect(limits(aPolicy({ ...asked, torrents }))).toBe(
      'Cada ejecución para al llegar al 20 % libre y se lleva como mucho 25 títulos y 500 GB. No se anuncia nada antes. Cada plan espera a que alguien le dé el visto bueno. También se van los torrents terminados que no tienen nada más, cuando llegan a un ratio de 1,5 o a 1 día de siembra.',
    );
  });
});

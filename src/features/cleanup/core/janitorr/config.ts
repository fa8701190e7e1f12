import type { JanitorrDuration } from './duration.ts';
import { keySpecs, type KeySpec } from './keys.ts';
import { nameOf, textsOf, type Properties, type Property, type Yaml } from './properties.ts';
import {
  ageOf,
  booleanOf,
  durationOf,
  numberOf,
  schedulesOf,
  textOf,
  tiersOf,
  type JanitorrAge,
  type JanitorrTier,
  type TagSchedule,
} from './values.ts';

export const janitorrServices = [
  'radarr',
  'sonarr',
  'jellyfin',
  'emby',
  'jellyseerr',
  'jellystat',
  'streamystats',
] as const;
export type JanitorrServiceName = (typeof janitorrServices)[number];

export type JanitorrService = {
  name: JanitorrServiceName;
  enabled: boolean;
  url: string | null;
  /** Stays in the server room; no report holds it. */
  key: string | null;
  ageBy: JanitorrAge | null;
  importExclusions: boolean;
  excludeFavourites: boolean;
  favouriteUsers: readonly string[];
  collectionNames: { films: string; shows: string };
  announces: { films: boolean; shows: boolean };
  wholeShowStats: boolean;
};

/** What Janitorr takes from its file, with the defaults of its code, not those of its template. */
export type JanitorrConfig = {
  dryRun: boolean;
  wholeShows: boolean;
  leavingSoon: JanitorrDuration;
  offsetPercent: number;
  exclusionTags: readonly string[];
  media: { enabled: boolean; films: readonly JanitorrTier[]; seasons: readonly JanitorrTier[] };
  tags: { enabled: boolean; freeAtMostPercent: number; schedules: readonly TagSchedule[] };
  episodes: {
    enabled: boolean;
    tag: string;
    most: number;
    age: JanitorrDuration;
    olderSeasons: boolean;
  };
  files: { access: boolean; spaceFolder: string; leavingSoonFolder: string | null };
  services: readonly JanitorrService[];
  hasStats: boolean;
};

const days = (count: number): JanitorrDuration => ({ days: count, problem: null });
const tier = (freePercent: number, count: number): JanitorrTier => ({ freePercent, age: days(count) });

/** All rows that belong to a key: one, or those of a map. */
export function rowsOf(spec: Pick<KeySpec, 'key' | 'kind'>, { given }: Properties): Property[] {
  const name = nameOf(spec.key);
  if (spec.kind !== 'tiers') {
    const property = given.get(name);
    return property ? [property] : [];
  }
  return [...given.values()].filter((property) => property.name.startsWith(`${name}.`));
}

export function configOf(properties: Properties): JanitorrConfig {
  const at = (key: string): Yaml | undefined => properties.given.get(nameOf(key))?.value;
  const is = (key: string, otherwise: boolean): boolean => booleanOf(at(key)) ?? otherwise;
  const number = (key: string, otherwise: number): number => numberOf(at(key)) ?? otherwise;
  const span = (key: string, otherwise: number) => durationOf(at(key)) ?? days(otherwise);
  const tiers = (key: string, otherwise: readonly JanitorrTier[]): readonly JanitorrTier[] => {
    const rows = rowsOf({ key, kind: 'tiers' }, properties);
    return rows.length > 0 ? tiersOf(rows) : otherwise;
  };
  const tags = at('application.exclusion-tags');
  const services = janitorrServices.map((name) => serviceOf(name, at));
  return {
    dryRun: is('application.dry-run', false),
    wholeShows: is('application.whole-tv-show', false),
    leavingSoon: span('application.leaving-soon', 14),
    offsetPercent: number('application.leaving-soon-threshold-offset-percent', 0),
    exclusionTags: tags === undefined ? ['janitorr_keep'] : textsOf(tags),
    media: {
      enabled: is('application.media-deletion.enabled', true),
      films: tiers('application.media-deletion.movie-expiration', usualTiers),
      seasons: tiers('application.media-deletion.season-expiration', usualTiers),
    },
    tags: {
      enabled: is('application.tag-based-deletion.enabled', true),
      freeAtMostPercent: number('application.tag-based-deletion.minimum-free-disk-percent', 20),
      schedules: schedulesOf(at('application.tag-based-deletion.schedules')),
    },
    episodes: {
      enabled: is('application.episode-deletion.enabled', false),
      tag: textOf(at('application.episode-deletion.tag')) ?? 'janitorr_daily',
      most: number('application.episode-deletion.max-episodes', 10),
      age: span('application.episode-deletion.max-age', 30),
      olderSeasons: is('application.episode-deletion.clean-older-seasons', false),
    },
    files: {
      access: is('file-system.access', false),
      spaceFolder: textOf(at('file-system.free-space-check-dir')) ?? '/',
      leavingSoonFolder: textOf(at('file-system.leaving-soon-dir')),
    },
    services,
    hasStats:
      is('clients.janitorr-stats.enabled', false) ||
      services.some(({ name, enabled }) => enabled && (name === 'jellystat' || name === 'streamystats')),
  };
}

const usualTiers = [tier(10, 90), tier(20, 120)];

function serviceOf(name: JanitorrServiceName, at: (key: string) => Yaml | undefined): JanitorrService {
  const own = (key: string) => at(`clients.${name}.${key}`);
  return {
    name,
    enabled: booleanOf(own('enabled')) ?? false,
    url: textOf(own('url')),
    key: textOf(own('api-key')),
    ageBy: ageOf(own('determine-age-by')),
    importExclusions: booleanOf(own('import-exclusions')) ?? false,
    excludeFavourites: booleanOf(own('exclude-favorited')) ?? false,
    favouriteUsers: textsOf(own('exclude-favorited-users') ?? null),
    collectionNames: {
      films: textOf(own('leaving-soon-movies')) ?? 'Movies (Deleted Soon)',
      shows: textOf(own('leaving-soon-tv')) ?? 'Shows (Deleted Soon)',
    },
    announces: announcesOf(textOf(own('leaving-soon-type'))),
    wholeShowStats: booleanOf(own('whole-tv-show')) ?? false,
  };
}

/** `MOVIES`, `TV`, `MOVIES_AND_TV` or `NONE`; unset is both. */
function announcesOf(type: string | null): JanitorrService['announces'] {
  const words = (type ?? 'movies_and_tv').toLowerCase();
  return { films: words.includes('movies'), shows: words.includes('tv') };
}

export const serviceNamed = (
  { services }: Pick<JanitorrConfig, 'services'>,
  ...names: readonly JanitorrServiceName[]
): JanitorrService | null => services.find(({ name, enabled }) => enabled && names.includes(name)) ?? null;

/** Whether a key is one that Janitorr knows, in any spelling. */
export const specOf = (name: string): KeySpec | null =>
  keySpecs.find((spec) => {
    const own = nameOf(spec.key);
    return name === own || (spec.kind === 'tiers' && name.startsWith(`${own}.`));
  }) ?? null;

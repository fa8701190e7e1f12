import { configOf, rowsOf, serviceNamed, specOf, type JanitorrConfig } from './config.ts';
import { keySpecs, type KeySpec, type NoPlace, type Place } from './keys.ts';
import { nameOf, type Properties, type Property } from './properties.ts';
import { problemOf, shownValue, type ValueProblem } from './values.ts';

/** One key: what it says, and what becomes of it or why nothing does. Holds no secret, and no value of an unknown key. */
export type KeyReport = {
  path: string;
  isGiven: boolean;
  shown: string | null;
  isSecret: boolean;
  becomes: Place | null;
  noPlace: NoPlace | null;
  problem: ValueProblem | null;
  variable: Property['variable'];
};

/** What should be known before anything is taken over. */
export type Notice =
  /** The code of Janitorr deletes when the key is missing, although its template says otherwise. */
  | { code: 'dry-run-missing' }
  | { code: 'dry-run-off' }
  | {
      code: 'would-not-start';
      because: 'two-media-servers' | 'two-stats' | 'unknown-key' | 'not-readable';
      what: string;
    }
  | { code: 'other-profile'; profile: string }
  /** Hourly there; once a night here. */
  | { code: 'runs-hourly' }
  /** Without `determine-age-by` Janitorr asks the quality profiles which import counts. */
  | { code: 'age-basis-unset'; service: string }
  /** J-47: no clean-up of films or shows at all while this tier rules. */
  | {
      code: 'guard';
      unit: 'film' | 'season';
      freeBelowPercent: number;
      days: number;
      leavingSoonDays: number;
    }
  | { code: 'disk-ignored' }
  | { code: 'variable'; path: string; variable: string };

export type JanitorrReport = { keys: readonly KeyReport[]; notices: readonly Notice[] };

export function reportOf(properties: Properties): JanitorrReport {
  const known = keySpecs.map((spec) => reportKey(spec, rowsOf(spec, properties)));
  const unknown = [...properties.given.values()]
    .filter(({ name }) => specOf(name) === null)
    .map(reportUnknown);
  const keys = [
    ...known.filter(({ isGiven }) => isGiven),
    ...unknown,
    ...known.filter(({ isGiven }) => !isGiven),
  ];
  return { keys, notices: noticesOf(configOf(properties), keys, properties) };
}

function reportKey(spec: KeySpec, rows: readonly Property[]): KeyReport {
  const [first] = rows;
  const variable = first?.variable ?? null;
  const isOpen = variable !== null && !variable.isDefaulted;
  return {
    path: spec.key,
    isGiven: first !== undefined,
    shown: shownValue(spec.kind, rows),
    isSecret: spec.kind === 'secret',
    becomes: 'becomes' in spec ? spec.becomes : null,
    noPlace: 'noPlace' in spec ? spec.noPlace : null,
    problem: first === undefined || isOpen ? null : problemThatMatters(spec, rows),
    variable,
  };
}

/** An age that is none matters where it becomes one; a time limit of a minute is as it should be. */
function problemThatMatters(spec: KeySpec, rows: readonly Property[]): ValueProblem | null {
  const problem = problemOf(spec.kind, rows);
  return 'noPlace' in spec && problem !== 'not-readable' ? null : problem;
}

const SPRING = /^(spring|server|management|logging|debug|trace)(\.|$)/;

/** J-11: below `application` Janitorr does not start with a key it does not know; elsewhere it overlooks it. */
function reportUnknown({ name, path, variable }: Property): KeyReport {
  const noPlace = name.startsWith('application.')
    ? 'not-known-stops'
    : SPRING.test(name)
      ? 'of-spring'
      : 'not-known';
  const nothing = { shown: null, isSecret: false, becomes: null, problem: null };
  return { path, isGiven: true, noPlace, variable, ...nothing };
}

function noticesOf(config: JanitorrConfig, keys: readonly KeyReport[], properties: Properties): Notice[] {
  const hasDryRun = properties.given.has(nameOf('application.dry-run'));
  return [
    ...startProblems(config, keys),
    ...(hasDryRun ? [] : [{ code: 'dry-run-missing' } as const]),
    ...(hasDryRun && !config.dryRun ? [{ code: 'dry-run-off' } as const] : []),
    ...properties.otherProfiles.map((profile) => ({ code: 'other-profile', profile }) as const),
    ...keys.flatMap(({ path, variable }) =>
      variable ? [{ code: 'variable', path, variable: variable.name } as const] : [],
    ),
    { code: 'runs-hourly' },
    ...(config.files.access ? [] : [{ code: 'disk-ignored' } as const]),
    ...config.services.flatMap(({ name, enabled, ageBy }) =>
      enabled && ageBy === null && (name === 'radarr' || name === 'sonarr')
        ? [{ code: 'age-basis-unset', service: name } as const]
        : [],
    ),
    ...guards(config),
  ];
}

/** J-07 and J-11: what keeps Janitorr from starting at all. */
function startProblems(config: JanitorrConfig, keys: readonly KeyReport[]): Notice[] {
  const stop = (because: Extract<Notice, { code: 'would-not-start' }>['because'], what: string): Notice => ({
    code: 'would-not-start',
    because,
    what,
  });
  const both = (...names: Parameters<typeof serviceNamed>[1][]) =>
    names.every((name) => serviceNamed(config, name));
  return [
    ...(both('jellyfin', 'emby') ? [stop('two-media-servers', 'Jellyfin, Emby')] : []),
    ...(both('jellystat', 'streamystats') ? [stop('two-stats', 'Jellystat, Streamystats')] : []),
    ...keys
      .filter(({ noPlace }) => noPlace === 'not-known-stops')
      .map(({ path }) => stop('unknown-key', path)),
    ...keys.filter(({ problem }) => problem === 'not-readable').map(({ path }) => stop('not-readable', path)),
  ];
}

function guards({ leavingSoon, media, files }: JanitorrConfig): Notice[] {
  if (!media.enabled) return [];
  const of = (unit: 'film' | 'season', tiers: JanitorrConfig['media']['films']): Notice[] =>
    (files.access ? tiers : tiers.toSorted((a, b) => b.age.days - a.age.days).slice(0, 1))
      .filter(({ age }) => leavingSoon.days >= age.days)
      .map(({ freePercent, age }) => ({
        code: 'guard',
        unit,
        freeBelowPercent: freePercent,
        days: age.days,
        leavingSoonDays: leavingSoon.days,
      }));
  return [...of('film', media.films), ...of('season', media.seasons)];
}

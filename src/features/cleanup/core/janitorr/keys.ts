/** What a key of Janitorr's file becomes here. */
export const places = [
  'connection',
  'dry-run',
  'show-policy',
  'leaving-soon-days',
  'exclusion-tags',
  'policy-on',
  'film-tiers',
  'season-tiers',
  'tag-gate',
  'tag-ages',
  'episodes-policy',
  'episodes-tag',
  'keep-last',
  'keep-days',
  'older-seasons',
  'age-basis',
  'import-exclusion',
  'favourites',
  'favourite-users',
  'collection-name',
  'disk-gate',
  'surface',
  'link-folder',
] as const;
export type Place = (typeof places)[number];

/** Why a key has no place here. */
export const noPlaces = [
  'own-log',
  'torrents-asked',
  'nothing-rebuilt',
  'disk-per-folder',
  'own-cron',
  'exact-window',
  'own-timeouts',
  'show-stays',
  'film-goes-whole',
  'path-mapping',
  'sidecars-follow',
  'key-is-enough',
  'never-through-media-server',
  'always-matched',
  'stats-only-protect',
  'no-such-service',
  'of-spring',
  'not-known',
  'not-known-stops',
] as const;
export type NoPlace = (typeof noPlaces)[number];

export type KeyKind =
  'boolean' | 'number' | 'duration' | 'text' | 'texts' | 'age' | 'tiers' | 'schedules' | 'secret' | 'address';

export type KeySpec = { key: string; kind: KeyKind } & ({ becomes: Place } | { noPlace: NoPlace });

const into = (key: string, kind: KeyKind, becomes: Place): KeySpec => ({ key, kind, becomes });
const none = (key: string, kind: KeyKind, noPlace: NoPlace): KeySpec => ({ key, kind, noPlace });

const service = (name: string): KeySpec[] => [
  into(`clients.${name}.enabled`, 'boolean', 'connection'),
  into(`clients.${name}.url`, 'address', 'connection'),
  into(`clients.${name}.api-key`, 'secret', 'connection'),
];

const mediaServer = (name: string): KeySpec[] => [
  ...service(name),
  none(`clients.${name}.username`, 'text', 'key-is-enough'),
  none(`clients.${name}.password`, 'secret', 'key-is-enough'),
  none(`clients.${name}.delete`, 'boolean', 'never-through-media-server'),
  into(`clients.${name}.exclude-favorited`, 'boolean', 'favourites'),
  into(`clients.${name}.exclude-favorited-users`, 'texts', 'favourite-users'),
  into(`clients.${name}.leaving-soon-tv`, 'text', 'collection-name'),
  into(`clients.${name}.leaving-soon-movies`, 'text', 'collection-name'),
  into(`clients.${name}.leaving-soon-type`, 'text', 'surface'),
];

const unused = (name: string, noPlace: NoPlace): KeySpec[] => [
  none(`clients.${name}.enabled`, 'boolean', noPlace),
  none(`clients.${name}.url`, 'address', noPlace),
  none(`clients.${name}.api-key`, 'secret', noPlace),
];

/** Every key that Janitorr has, and what becomes of it. One that is not in here is told as unknown. */
export const keySpecs: readonly KeySpec[] = [
  none('logging.file.name', 'text', 'own-log'),
  into('file-system.access', 'boolean', 'disk-gate'),
  none('file-system.validate-seeding', 'boolean', 'torrents-asked'),
  into('file-system.leaving-soon-dir', 'text', 'link-folder'),
  none('file-system.media-server-leaving-soon-dir', 'text', 'path-mapping'),
  none('file-system.from-scratch', 'boolean', 'nothing-rebuilt'),
  none('file-system.free-space-check-dir', 'text', 'disk-per-folder'),
  into('application.dry-run', 'boolean', 'dry-run'),
  none('application.run-once', 'boolean', 'own-cron'),
  into('application.whole-tv-show', 'boolean', 'show-policy'),
  none('application.whole-show-seeding-check', 'boolean', 'torrents-asked'),
  into('application.leaving-soon', 'duration', 'leaving-soon-days'),
  none('application.leaving-soon-threshold-offset-percent', 'number', 'exact-window'),
  into('application.exclusion-tags', 'texts', 'exclusion-tags'),
  into('application.media-deletion.enabled', 'boolean', 'policy-on'),
  into('application.media-deletion.movie-expiration', 'tiers', 'film-tiers'),
  into('application.media-deletion.season-expiration', 'tiers', 'season-tiers'),
  into('application.tag-based-deletion.enabled', 'boolean', 'policy-on'),
  into('application.tag-based-deletion.minimum-free-disk-percent', 'number', 'tag-gate'),
  into('application.tag-based-deletion.schedules', 'schedules', 'tag-ages'),
  into('application.episode-deletion.enabled', 'boolean', 'episodes-policy'),
  into('application.episode-deletion.tag', 'text', 'episodes-tag'),
  into('application.episode-deletion.max-episodes', 'number', 'keep-last'),
  into('application.episode-deletion.max-age', 'duration', 'keep-days'),
  into('application.episode-deletion.clean-older-seasons', 'boolean', 'older-seasons'),
  none('clients.default.connect-timeout', 'duration', 'own-timeouts'),
  none('clients.default.read-timeout', 'duration', 'own-timeouts'),
  none('clients.default.level', 'text', 'own-log'),
  ...service('sonarr'),
  none('clients.sonarr.delete-empty-shows', 'boolean', 'show-stays'),
  into('clients.sonarr.determine-age-by', 'age', 'age-basis'),
  into('clients.sonarr.import-exclusions', 'boolean', 'import-exclusion'),
  ...service('radarr'),
  none('clients.radarr.only-delete-files', 'boolean', 'film-goes-whole'),
  into('clients.radarr.determine-age-by', 'age', 'age-basis'),
  into('clients.radarr.import-exclusions', 'boolean', 'import-exclusion'),
  ...unused('bazarr', 'sidecars-follow'),
  ...mediaServer('jellyfin'),
  ...mediaServer('emby'),
  ...service('jellyseerr'),
  none('clients.jellyseerr.match-server', 'boolean', 'always-matched'),
  ...service('jellystat'),
  none('clients.jellystat.whole-tv-show', 'boolean', 'stats-only-protect'),
  ...service('streamystats'),
  none('clients.streamystats.whole-tv-show', 'boolean', 'stats-only-protect'),
  ...unused('janitorr-stats', 'no-such-service'),
];

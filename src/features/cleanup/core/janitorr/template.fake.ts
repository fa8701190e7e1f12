type Addresses = Readonly<
  Record<'radarr' | 'sonarr' | 'jellyfin' | 'jellyseerr', { url: string; key: string }>
>;

const elsewhere: Addresses = {
  radarr: { url: 'http://radarr:7878', key: 'radarr-secret' },
  sonarr: { url: 'http://sonarr:8989', key: 'sonarr-secret' },
  jellyfin: { url: 'http://jellyfin:8096', key: 'jellyfin-secret' },
  jellyseerr: { url: 'http://jellyseerr:5055', key: 'jellyseerr-secret' },
};

/** A file with the values that Janitorr ships as its example, in our own words; `instead` replaces texts of it. */
export function template(at: Addresses = elsewhere, instead: Readonly<Record<string, string>> = {}): string {
  const text = `
logging: { file: { name: /logs/janitorr.log } }
file-system:
  access: true
  validate-seeding: true
  leaving-soon-dir: /data/media/leaving-soon
  from-scratch: true
  free-space-check-dir: /
application:
  dry-run: true
  run-once: false
  whole-tv-show: false
  whole-show-seeding-check: false
  leaving-soon: 14d
  leaving-soon-threshold-offset-percent: 5
  exclusion-tags: [janitorr_keep, keep]
  media-deletion:
    enabled: true
    movie-expiration: { 5: 15d, 10: 30d, 15: 60d, 20: 90d }
    season-expiration: { 5: 15d, 10: 20d, 15: 60d, 20: 120d }
  tag-based-deletion:
    enabled: true
    minimum-free-disk-percent: 100
    schedules:
      - { tag: kids, expiration: 30d }
      - { tag: cinema-night, expiration: 7d }
  episode-deletion:
    enabled: true
    tag: daily
    max-episodes: 10
    max-age: 30d
    clean-older-seasons: false
clients:
  default: { connect-timeout: 60s, read-timeout: 60s, level: NONE }
  sonarr:
    enabled: true
    url: "${at.sonarr.url}"
    api-key: ${at.sonarr.key}
    delete-empty-shows: true
    determine-age-by: MOST_RECENT
    import-exclusions: false
  radarr:
    enabled: true
    url: "${at.radarr.url}"
    api-key: ${at.radarr.key}
    only-delete-files: false
    determine-age-by: MOST_RECENT
    import-exclusions: false
  bazarr: { enabled: false, url: "http://bazarr:6767", api-key: bazarr-secret }
  jellyfin:
    enabled: true
    url: "${at.jellyfin.url}"
    api-key: ${at.jellyfin.key}
    username: janitorr
    password: password-secret
    delete: true
    exclude-favorited: false
    leaving-soon-tv: Shows (Leaving Soon)
    leaving-soon-movies: Movies (Leaving Soon)
    leaving-soon-type: MOVIES_AND_TV
  emby: { enabled: false, url: "http://emby:8096", api-key: emby-secret }
  jellyseerr:
    enabled: true
    url: "${at.jellyseerr.url}"
    api-key: ${at.jellyseerr.key}
    match-server: false
  jellystat: { enabled: true, whole-tv-show: false, url: "http://jellystat:3000", api-key: stats-secret }
  streamystats: { enabled: false }
`;
  return Object.entries(instead).reduce((all, [from, to]) => all.replace(from, to), text);
}

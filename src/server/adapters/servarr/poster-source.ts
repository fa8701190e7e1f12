import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import type { PosterSource } from '#features/library/server/ports.ts';
import type { Http } from '#server/platform/http.ts';

/** Radarr and Sonarr keep each poster in three sizes; the middle one is enough for every page, the full one always there. */
const SIZES = ['poster-500.jpg', 'poster.jpg'] as const;

export function createServarrPosters(http: Http, target: ConnectionTarget): PosterSource {
  const client = http.at({
    url: `${target.url}/api/v3`,
    headers: { 'X-Api-Key': target.key, accept: 'image/*' },
    secrets: [target.key],
  });
  return {
    async poster(id) {
      for (const file of SIZES) {
        const picture = await client.image({ path: `mediacover/${id}/${file}`, retries: 0 });
        if (picture.ok) return picture.value;
      }
      return null;
    },
  };
}

import { format } from 'prettier';
import type { ServiceName } from './house.ts';
import { stages, type Row } from './scene.ts';
import type { Misfortune } from './weather.ts';

type Who = ServiceName | 'ntfy';
export type Driven = { kind: Misfortune; who: Who; row: Row };

/**
 * Which of them are driven. Radarr meets everything; of the others each meets what its own code takes apart. What is left
 * out goes through code that a driven row goes through: the page says so.
 */
export const driven: Readonly<Record<ServiceName, readonly Misfortune[] | 'all'>> = {
  radarr: 'all',
  sonarr: ['time-out', 'breaks off after doing it', 'empty list'],
  jellyfin: ['time-out', '401', '500', 'empty list', 'short page', 'slow'],
  emby: ['empty list'],
  seerr: ['time-out', 'empty list', 'short page'],
  qbittorrent: ['time-out', '401', 'empty list'],
  jellystat: ['500', 'empty list'],
};

export const meets = (service: ServiceName, kind: Misfortune): boolean =>
  driven[service] === 'all' || driven[service].includes(kind);

const HEAD = `# What happens when a service fails

Written by \`src/features/cleanup/server/execution/fault-matrix.db.test.ts\`, which drives a whole household of simulated services over
HTTP, with a real PostgreSQL, through every row, and compares this page with what happened. To write it anew after a change
that is meant: \`npx vitest run src/features/cleanup/server/execution/fault-matrix.db.test.ts -u\`.

Each trouble lasts for every call to that service while the stage goes on, and begins where the column says. After each stage
the test looks at the simulated disks, requests and torrents and at the history:

- only what the plan from before the trouble named is gone, and no more of it than the caps allow;
- what the history calls removed is gone, and what it calls left alone, or failed before deleting, is there;
- whatever is kept has kept its request and its torrents;
- every run has ended, and the next one without the trouble removes its item without a failure.

**–**: the service is not asked at this stage. **Failed at verify** is told when a title was deleted and nobody can say so:
the next sync finds it gone. Films are removed with their requests and torrents; seasons in the rows of Sonarr.

An **empty list** or a **short page** may be the truth: nobody plays anything, a title has no file any more. What carries a
total, or was there at the last sync, is not believed; the rest is, and then less goes rather than more.

Left out, because the answer goes through the same code as in a row that is here: of Sonarr what the client of Radarr
meets too; of Emby what the client of Jellyfin meets; of Seerr, qBittorrent and Jellystat the ways of not answering that
all clients share (\`src/server/platform/http.test.ts\`, \`http-attempts.test.ts\` and the contract tests of each adapter take every one of them apart).
`;

export async function tableOf(rows: readonly Driven[]): Promise<string> {
  const names = [...new Set(rows.map(({ who }) => who))];
  const lines = names.flatMap((name) => [
    `\n## ${productNames[name]}\n`,
    `| trouble | ${stages.join(' | ')} |`,
    `| --- | ${stages.map(() => '---').join(' | ')} |`,
    ...rows
      .filter(({ who }) => who === name)
      .map(({ kind, row }) => `| ${kind} | ${stages.map((stage) => row[stage] ?? '–').join(' | ')} |`),
  ]);
  return format([HEAD, ...lines, ''].join('\n'), { parser: 'markdown', printWidth: 120 });
}

const productNames: Readonly<Record<Who, string>> = {
  radarr: 'Radarr',
  sonarr: 'Sonarr',
  jellyfin: 'Jellyfin',
  emby: 'Emby',
  seerr: 'Seerr',
  qbittorrent: 'qBittorrent',
  jellystat: 'Jellystat',
  ntfy: 'ntfy, as one of the channels that carry messages',
};

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiClient, signIn } from '../house/client.ts';
import { people } from '../house/move-in.ts';
import { startBuilt } from '../house/program.ts';
import { fillArchiveOf } from './archive-fill.ts';
import type { Measurement } from './measurement.ts';
import { p95, readAll, slowest } from './pages.ts';

const POSTS = 100_000;
const SAMPLES = 60;
/** Each reads every post and every place of media. */
const SAMPLES_OF_ALL = 15;

/** By themselves and together; in the last two of them nothing passes, and nothing but reading all posts would prove it. */
const filters = [
  'creator=creator7',
  'kind=audio',
  'tag=tag7',
  'tag=topic7',
  'state=gaps',
  'state=locked',
  'state=vanished',
  'order=oldest',
  'from=2018-01-01&until=2018-02-01',
  'creator=creator8&tag=tag7',
  'kind=audio&tag=tag8',
  'creator=creator7&kind=audio',
];

/** The pages that somebody reads, on an archive that was written straight into the tables. */
export async function measureArchivePages(): Promise<Measurement[]> {
  const data = mkdtempSync(join(tmpdir(), 'keepercheky-bench-'));
  const program = await startBuilt({ data });
  try {
    await apiClient(program.address, {}).post('/setup', people.admin);
    const cookie = await signIn(program.address, people.admin.username, people.admin.password);
    const site = { address: program.address, cookie };
    await fillArchiveOf(data, POSTS);
    const page = (name: string, value: number): Measurement => ({ name, value, unit: 'ms', budget: 50 });
    const posts = Array.from({ length: 20 }, (_, index) => `post${index * 4_999 + 1}`);
    const filter = await slowest(
      site,
      '/archive',
      filters.map((one) => `?${one}`),
    );
    const asked = await slowest(
      site,
      '/api/v1/posts',
      filters.map((one) => `?${one}`),
    );
    return [
      page('archive page of 100 000 posts, p95', p95(await readAll(site, ['/archive'], SAMPLES))),
      page(`archive page, slowest filter (${filter.ask}), p95`, filter.ms),
      page(`posts over the API, slowest filter (${asked.ask}), p95`, asked.ms),
      page(
        'page of a post among 100 000, p95',
        p95(
          await readAll(
            site,
            posts.map((id) => `/archive/posts/${id}`),
            SAMPLES,
          ),
        ),
      ),
      {
        ...page(
          'page of a creator with 2 500 posts, p95',
          p95(await readAll(site, ['/archive/creators/creator7'], SAMPLES)),
        ),
        // Ours: its ledger counts 2 500 posts and 7 500 media anew each time, so that it is never wrong.
        budget: 100,
      },
      {
        ...page(
          'ledger of all 40 creators, p95',
          p95(await readAll(site, ['/api/v1/ledger'], SAMPLES_OF_ALL)),
        ),
        budget: 500,
      },
    ];
  } finally {
    await program.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

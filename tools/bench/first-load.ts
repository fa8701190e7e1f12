import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { apiClient, signIn } from '../house/client.ts';
import { people } from '../house/move-in.ts';
import { startBuilt } from '../house/program.ts';
import type { Measurement } from './measurement.ts';

/** What a browser fetches for the media page: everything that the HTML preloads or links, compressed as we serve it. */
export async function measureFirstLoad(): Promise<Measurement[]> {
  const data = mkdtempSync(join(tmpdir(), 'keepercheky-bench-'));
  const program = await startBuilt({ data });
  try {
    await apiClient(program.address, {}).post('/setup', people.admin);
    const cookie = await signIn(program.address, people.admin.username, people.admin.password);
    const html = await (await fetch(`${program.address}/media`, { headers: { cookie } })).text();
    const linked = (kind: string) => [
      ...new Set(
        [...html.matchAll(/(?:href|src|import\()[=(]?"([^"]+)"/g)]
          .map((found) => found[1] ?? '')
          .filter((path) => path.endsWith(kind)),
      ),
    ];
    const weigh = async (paths: readonly string[]) => {
      let bytes = 0;
      for (const path of paths) {
        const response = await fetch(new URL(path, `${program.address}/media`));
        bytes += brotliCompressSync(Buffer.from(await response.arrayBuffer())).byteLength;
      }
      return bytes / 1000;
    };
    return [
      {
        name: 'JavaScript on first load of the media page, brotli',
        value: await weigh(linked('.js')),
        unit: 'kB',
        budget: 70,
      },
      {
        name: 'CSS on first load of the media page, brotli',
        value: await weigh(linked('.css')),
        unit: 'kB',
        budget: 15,
      },
    ];
  } finally {
    await program.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

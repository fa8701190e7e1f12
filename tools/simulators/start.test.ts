import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

test('on the command line it says where everything is, and stops when told to', async () => {
  const script = join(import.meta.dirname, 'start.ts');
  const child = spawn(process.execPath, [script, '--films', '20', '--series', '3', '--users', '2'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // Without this a failed expectation would leave it running, and the test would never end.
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const services = JSON.parse(line.toString()) as Record<string, { url: string; apiKey: string }>;
  expect(Object.keys(services)).toEqual(['radarr', 'radarr4k', 'sonarr', 'jellyfin', 'emby', 'seerr']);
  const response = await fetch(
    `${services['radarr']?.url ?? ''}/api/v3/movie?apikey=${services['radarr']?.apiKey ?? ''}`,
  );
  expect(await response.json()).toHaveLength(20);
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});
